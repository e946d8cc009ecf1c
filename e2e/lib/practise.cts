/** The values to practise filling in a credential with: what `npm run editor` prints. */
import { credentialFields, type Service } from './services.cts';

export interface PracticeValue {
	/** The field as it is called on the screen. */
	readonly label: string;
	readonly value: string;
}

/** The fields of a service's credential that have to be filled in for its simulator. */
export function valuesToPractise({ credentialType, simulator }: Service): PracticeValue[] {
	const values = simulator.credentials;
	return credentialFields(credentialType)
		.filter(({ name }) => values[name] !== undefined && values[name] !== '')
		.map(({ name, displayName }) => ({
			label: displayName,
			value: String(values[name]).trim(),
		}));
}

/** The same as lines to print. */
export function practiceLines(service: Service): string[] {
	return [
		'',
		`  ${service.displayName}`,
		...valuesToPractise(service).map(
			({ label, value }) => `    ${label}: ${value.includes('\n') ? `\n${value}` : value}`,
		),
	];
}
