import type { Metafile } from 'esbuild';

export const LICENCES_FILE: string;
export function licencesText(metafiles: Metafile[], keptTexts?: string): string;
export function packagesIn(text: string): string[];
