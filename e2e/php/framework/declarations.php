<?php
/**
 * The specification's tables of requests and answers, with its own words for types. The framework
 * reads the same words from the comments of a controller: `integer` becomes another type than `int`.
 */
declare(strict_types=1);

const SESSION = ['sid' => 'string'];
const OF_LIST = SESSION + ['list_id' => 'integer'];
const MONITORING = OF_LIST + [
	'email' => 'string[]',
	'empty_mail' => 'boolean',
	'period' => 'string',
	'start_date' => 'string',
	'services' => 'string[]',
	'end_date' => 'string',
];
const LISTS = ['list_count' => 'integer', 'lists' => 'ResponseList[]'];

/** What each function takes after `signature`, and what its answer holds before RESULT. */
const FUNCTIONS = [
	'login' => [
		['username' => 'string', 'password' => 'string', 'role_id' => 'integer'],
		['sid' => 'string'],
	],
	'logout' => [SESSION, []],
	'get_lists' => [SESSION, LISTS],
	'get_objects' => [
		SESSION + ['list_id' => 'integer', 'start' => 'integer', 'rows' => 'integer'],
		['list' => 'ResponseList'],
	],
	'get_object' => [SESSION + ['id' => 'integer'], ['object' => 'ResponseObjectInfo']],
	'add_list' => [
		SESSION + ['name' => 'string', 'type' => 'string', 'description' => 'string', 'form' => 'string'],
		['list' => 'ResponseList'],
	],
	'update_list' => [
		SESSION + ['id' => 'integer', 'name' => 'string', 'description' => 'string'],
		['list' => 'ResponseList'],
	],
	'delete_list' => [SESSION + ['id' => 'integer'], LISTS],
	'add_object' => [
		SESSION + [
			'list_id' => 'integer',
			'code' => 'string',
			'type' => 'string',
			'name' => 'string',
			'check_ur' => 'boolean',
		],
		['object' => 'ResponseObjectInfo'],
	],
	'update_object' => [
		SESSION + [
			'id' => 'integer',
			'address' => 'string',
			'phone' => 'string',
			'fax' => 'string',
			'email' => 'string',
			'www' => 'string',
			'contact_person' => 'string',
			'client_id' => 'string',
		],
		['object' => 'ResponseObjectInfo'],
	],
	'delete_object' => [SESSION + ['id' => 'integer', 'list_id' => 'integer'], LISTS],
	'get_list_monitoring' => [OF_LIST, ['monitoring' => 'ResponseMonitoring']],
	'get_monitoring_sessions' => [
		OF_LIST + ['from' => 'string', 'to' => 'string'],
		['sessions' => 'ResponseSession[]', 'session_count' => 'int', 'monitoring_id' => 'int'],
	],
	'get_session_events' => [
		OF_LIST + ['session_id' => 'integer'],
		['events' => 'ResponseEvent[]'],
	],
	'get_available_services' => [OF_LIST, ['services' => 'ResponseService[]']],
	'add_list_monitoring' => [MONITORING, ['monitoring' => 'ResponseMonitoring']],
	'update_list_monitoring' => [MONITORING, ['monitoring' => 'ResponseMonitoring']],
];

/** What every answer ends with. */
const RESULT = ['success' => 'boolean', 'message' => 'string', 'code' => 'int'];

const STRUCTURES = [
	'ResponseRole' => ['id' => 'int', 'name' => 'string', 'rights' => 'string'],
	'ResponseObject' => [
		'id' => 'int',
		'code' => 'string',
		'virtual_id' => 'string',
		'client_id' => 'string',
		'name' => 'string',
		'status' => 'string',
		'created' => 'string',
		'updated' => 'string',
		'address' => 'string',
	],
	'ResponseList' => [
		'id' => 'int',
		'name' => 'string',
		'type' => 'string',
		'form' => 'string',
		'description' => 'string',
		'monitoring_id' => 'int',
		'object_count' => 'int',
		'objects' => 'ResponseObject[]',
		'monitored_object_count' => 'int',
		'users' => 'ResponseRole[]',
	],
	'ResponseObjectInfo' => [
		'id' => 'int',
		'code' => 'string',
		'virtual_id' => 'string',
		'name' => 'string',
		'status' => 'string',
		'created' => 'string',
		'updated' => 'string',
		'address' => 'string',
		'contact_person' => 'string',
		'user_address' => 'string',
		'phone' => 'string',
		'email' => 'string',
		'fax' => 'string',
		'www' => 'string',
		'client_id' => 'string',
	],
	'ResponseMonitoring' => [
		'monitoring_id' => 'int',
		'list_id' => 'int',
		'email' => 'string',
		'period' => 'string',
		'start_date' => 'string',
		'end_date' => 'string',
		'empty_email' => 'boolean',
		'object_count' => 'int',
		'services' => 'ResponseService[]',
	],
	'ResponseService' => ['type' => 'string', 'name' => 'string'],
	'ResponseSession' => ['id' => 'int', 'sent' => 'string', 'sent_events_count' => 'int'],
	'ResponseEvent' => [
		'event_type' => 'string',
		'title' => 'string',
		'object_name' => 'string',
		'object_code' => 'string',
		'date' => 'string',
		'sent_date' => 'string',
		'notes' => 'string',
	],
];
