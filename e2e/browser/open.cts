/** A browser with n8n's editor open in it. */
import { existsSync } from 'node:fs';

import { chromium, type Browser, type Page } from 'playwright-core';

import { OWNER } from '../lib/api.cts';
import { Refusal } from '../lib/refusal.cts';

export type Theme = 'light' | 'dark';

/** Nothing but the page: no first-run pages, no updates, no look-ups at the browser's maker. */
const FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

function browserProgram(): string {
	const given = process.env.CHROMIUM ?? PLACES.find((path) => existsSync(path));
	if (given !== undefined) return given;
	throw new Refusal(
		'There is no Chromium. Install it (Debian: apt-get install chromium), or name it in CHROMIUM.',
	);
}

export async function launch(): Promise<Browser> {
	return await chromium.launch({ executablePath: browserProgram(), args: FLAGS });
}

export interface View {
	readonly theme?: Theme;
	readonly width?: number;
	readonly height?: number;
	/** Pixels per point, for screenshots. */
	readonly scale?: number;
}

/** A page that is signed in as the owner. */
export async function signIn(
	browser: Browser,
	url: string,
	{ theme = 'light', width = 1440, height = 1000, scale = 1 }: View = {},
): Promise<Page> {
	const context = await browser.newContext({
		baseURL: url,
		colorScheme: theme,
		viewport: { width, height },
		deviceScaleFactor: scale,
		locale: 'en-GB',
		timezoneId: 'Europe/Riga',
		reducedMotion: 'reduce',
	});
	context.setDefaultTimeout(45_000);
	// n8n keeps the theme here; "system" would do as well, but for what it draws on a canvas.
	await context.addInitScript(`localStorage.setItem('N8N_THEME', '${theme}')`);
	const page = await context.newPage();
	await page.goto('/signin');
	await page
		.locator('input[name="emailOrLdapLoginId"], input[name="email"]')
		.first()
		.fill(OWNER.email);
	await page.locator('input[name="password"]').fill(OWNER.password);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await page.waitForURL((address) => !address.pathname.startsWith('/signin'));
	return page;
}
