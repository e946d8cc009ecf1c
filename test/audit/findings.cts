/** What `npm audit` reports, held against the list of accepted findings. */

/** An advisory about a package that a lock file holds. */
export interface Finding {
	/** The advisory's id, such as GHSA-xxxx-xxxx-xxxx. */
	readonly advisory: string;
	readonly package: string;
	readonly severity: string;
	readonly title: string;
	/** The affected versions. */
	readonly range: string;
	readonly installed: readonly Installed[];
}

export interface Installed {
	/** Such as node_modules/a/node_modules/b. */
	readonly place: string;
	readonly version: string;
}

/** A finding that somebody has looked at. */
export interface Accepted {
	readonly advisory: string;
	readonly package: string;
	/** Why it does no harm: who uses the package, and how the flaw cannot be reached. */
	readonly why: string;
}

/** Accepted findings by the folder of the lock file, "." for the package itself. */
export type AcceptedByFolder = Readonly<Record<string, readonly Accepted[]>>;

export interface Comparison {
	/** Findings that nobody has looked at yet. */
	readonly unknown: readonly Finding[];
	/** Findings in code that is part of the bundles: not a matter of development only. */
	readonly shipped: readonly Finding[];
	/** Accepted findings that are there no more. */
	readonly gone: readonly Accepted[];
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/**
 * The findings in npm's report (version 2), each advisory once for a package.
 *
 * @param versionAt the version that the lock file has at a place
 * @throws Error when it is no such report
 */
export function findingsOf(report: unknown, versionAt: (place: string) => string): Finding[] {
	if (!isRecord(report) || report.auditReportVersion !== 2 || !isRecord(report.vulnerabilities)) {
		throw new Error('npm audit gave a report of another form than version 2.');
	}
	return Object.values(report.vulnerabilities)
		.filter(isRecord)
		.flatMap(({ via, nodes }) =>
			// Texts among them only name another package of the report.
			listOf(via)
				.filter(isRecord)
				.map((advisory) => ({
					advisory: String(advisory.url ?? advisory.source).replace(/^.*\//, ''),
					package: String(advisory.name),
					severity: String(advisory.severity),
					title: String(advisory.title),
					range: String(advisory.range),
					installed: listOf(nodes)
						.map(String)
						.map((place) => ({ place, version: versionAt(place) })),
				})),
		);
}

/**
 * Holds findings against those that are accepted.
 *
 * @param bundled the packages whose code ships in the bundles, as "name version"; nothing about them
 * can be accepted
 */
export function compare(
	findings: readonly Finding[],
	accepted: readonly Accepted[],
	bundled: readonly string[],
): Comparison {
	const isAbout = (finding: Finding) => (entry: Accepted) =>
		entry.advisory === finding.advisory && entry.package === finding.package;
	const shipped = findings.filter(({ package: name, installed }) =>
		installed.some(({ version }) => bundled.includes(`${name} ${version}`)),
	);
	return {
		shipped,
		unknown: findings.filter(
			(finding) => !shipped.includes(finding) && !accepted.some(isAbout(finding)),
		),
		gone: accepted.filter((entry) => !findings.some((finding) => isAbout(finding)(entry))),
	};
}

/**
 * Reads the list of accepted findings.
 *
 * @throws Error that names the entry without an advisory, a package or a reason
 */
export function readAccepted(text: string): AcceptedByFolder {
	const folders: unknown = JSON.parse(text);
	if (!isRecord(folders)) throw new Error('The list of accepted findings is not an object.');
	const entries = Object.entries(folders).map(
		([folder, list]) => [folder, listOf(list).map((entry) => acceptedOf(folder, entry))] as const,
	);
	return Object.fromEntries(entries);
}

function acceptedOf(folder: string, entry: unknown): Accepted {
	const text = (key: string) => {
		const value = isRecord(entry) ? entry[key] : undefined;
		if (typeof value === 'string' && value.trim() !== '') return value;
		throw new Error(`An accepted finding of "${folder}" has no "${key}": ${JSON.stringify(entry)}`);
	};
	return { advisory: text('advisory'), package: text('package'), why: text('why') };
}
