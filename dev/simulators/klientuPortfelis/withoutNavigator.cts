/** Hides `navigator` from the modules that are loaded between this one and `restoreNavigator`. */
const own = Object.getOwnPropertyDescriptor(globalThis, 'navigator');

if (own) Object.defineProperty(globalThis, 'navigator', { value: undefined, configurable: true });

export function restoreNavigator(): void {
	if (own) Object.defineProperty(globalThis, 'navigator', own);
}
