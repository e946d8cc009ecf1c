/** An object as the editor's search shows it. */
export interface PortfolioEntry {
	readonly id: number;
	readonly name: string;
	readonly code: string;
	/** The names of the lists that hold it. */
	readonly lists: readonly string[];
	/** Its name, code and client ID without case and accents, to be searched. */
	readonly searched: string;
}
