/** A number of things in words, such as "1 object" and "12,500 objects". */
export function counted(count: number, thing: string): string {
	return count === 1 ? `1 ${thing}` : `${count.toLocaleString('en')} ${thing}s`;
}
