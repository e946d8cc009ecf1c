/**
 * Which file may import which: a request travels from the node over the operation and the protocol to
 * n8n's HTTP helper, and no folder knows what stands above it (docs/architecture.md).
 *
 * @type {import('dependency-cruiser').IConfiguration}
 */
module.exports = {
	forbidden: [
		{
			name: 'no-circle',
			severity: 'error',
			from: {},
			to: { circular: true },
		},
		{
			name: 'shared-knows-no-node',
			severity: 'error',
			from: { path: '^nodes/shared/' },
			to: { path: '^(nodes/(?!shared/)|credentials/)' },
		},
		{
			name: 'a-node-knows-no-other',
			severity: 'error',
			from: { path: '^nodes/(?!shared/)([^/]+)/' },
			to: { path: '^nodes/(?!shared/)', pathNot: '^nodes/$1/' },
		},
		{
			name: 'protocol-knows-no-screen',
			severity: 'error',
			from: { path: '^nodes/([^/]+)/protocol/' },
			to: { path: '^nodes/$1/', pathNot: '^nodes/$1/protocol/' },
		},
		{
			name: 'data-and-pure-parts-know-no-call',
			comment: 'What is a pure function of its arguments does not reach for calls and sessions.',
			severity: 'error',
			from: { path: '^nodes/([^/]+)/protocol/(catalogue|request|answer|sql|paging|pace)/' },
			to: { path: '^nodes/$1/protocol/(call|session|memory|transport|service)' },
		},
		{
			name: 'a-plan-knows-no-call',
			comment: 'What a sync is going to do is worked out apart from doing it.',
			severity: 'error',
			from: { path: '/protocol/portfolio/(code|compare|details|plan|wanted)[.]ts$' },
			to: { path: '/protocol/(call|session|memory|transport|paging|service/)' },
		},
		{
			name: 'the-catalogue-knows-nothing',
			severity: 'error',
			from: { path: '^nodes/([^/]+)/protocol/catalogue/' },
			to: { path: '^nodes/$1/', pathNot: '^nodes/$1/protocol/catalogue/' },
		},
		{
			name: 'operations-know-no-trigger',
			severity: 'error',
			from: { path: '^nodes/([^/]+)/(resources|methods|connection|operation)' },
			to: { path: '^nodes/$1/(trigger/|.*[.]node[.]ts$)' },
		},
		{
			name: 'a-connection-knows-no-operation',
			severity: 'error',
			from: { path: '^nodes/([^/]+)/connection' },
			to: { path: '^nodes/$1/(resources|methods|trigger)/' },
		},
		{
			name: 'a-credential-knows-protocols-only',
			severity: 'error',
			from: { path: '^credentials/' },
			to: { path: '^nodes/', pathNot: '^nodes/(shared/|[^/]+/protocol/)' },
		},
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		tsPreCompilationDeps: true,
		tsConfig: { fileName: 'tsconfig.json' },
	},
};
