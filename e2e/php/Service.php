<?php
declare(strict_types=1);

require __DIR__ . '/samples.php';

/**
 * The 17 functions with their parameters as the specification lists them, `signature` left out.
 * What they are called with chooses the answer: an ID is often the number of things that come back.
 */
class Service
{
	/** What each answer holds besides success, message and code. */
	public const ANSWERS = [
		'login' => ['sid'],
		'logout' => [],
		'get_lists' => ['list_count', 'lists'],
		'get_objects' => ['list'],
		'get_object' => ['object'],
		'add_list' => ['list'],
		'update_list' => ['list'],
		'delete_list' => ['list_count', 'lists'],
		'add_object' => ['object'],
		'update_object' => ['object'],
		'delete_object' => ['list_count', 'lists'],
		'get_list_monitoring' => ['monitoring'],
		'get_monitoring_sessions' => ['sessions', 'session_count', 'monitoring_id'],
		'get_session_events' => ['events'],
		'get_available_services' => ['services'],
		'add_list_monitoring' => ['monitoring'],
		'update_list_monitoring' => ['monitoring'],
	];

	public function __construct(private readonly string $folder)
	{
	}

	public function hasSession(string $sid): bool
	{
		return preg_match('/^[0-9a-f]{32}$/D', $sid) === 1 && is_file("$this->folder/sid-$sid");
	}

	public function login($username, $password, $role_id)
	{
		if ($role_id === 500) {
			throw new RuntimeException('Datubāze nav pieejama');
		}
		if ($role_id !== 1234) {
			throw new Refusal(2003, 401, 'Autorizācija neveiksmīga');
		}
		$sid = bin2hex(random_bytes(16));
		touch("$this->folder/sid-$sid");
		return ['sid' => $sid];
	}

	public function logout($sid)
	{
		unlink("$this->folder/sid-$sid");
		return [];
	}

	/** The same list, object and role occur several times: PHP writes each once, and refers to it. */
	public function get_lists($sid)
	{
		$role = role(1, 'OWNER');
		$object = sampleObject(1);
		$first = sampleList(1, ['objects' => [$object, $object], 'users' => [$role, role(2, 'READ')]]);
		$second = sampleList(2, ['objects' => [$object], 'users' => [$role, $role]]);
		return ['list_count' => 4, 'lists' => [$first, $second, $first, sampleList(3, ['objects' => null])]];
	}

	public function get_objects($sid, $list_id, $start, $rows)
	{
		$objects = array_map(sampleObject(...), numbers($list_id));
		$page = array_slice($objects, $start ?? 0, $rows);
		return ['list' => sampleList($list_id, ['object_count' => $list_id, 'objects' => $page])];
	}

	public function get_object($sid, $id)
	{
		$object = sampleInfo($id);
		return ['object' => match ($id) {
			2 => (object) (['id' => 2] + array_fill_keys(array_keys((array) $object), null)),
			3 => new SoapVar((array) $object, APACHE_MAP),
			default => $object,
		}];
	}

	public function add_list($sid, $name, $type, $description, $form)
	{
		return ['list' => sampleList(7, compact('name', 'type', 'description', 'form'))];
	}

	public function update_list($sid, $id, $name, $description)
	{
		return ['list' => sampleList($id, compact('name', 'description'))];
	}

	public function delete_list($sid, $id)
	{
		match ($id) {
			200 => throw new Refusal(2008, 200, 'Saraksts nav atrasts'),
			400 => throw new Refusal(2020, 400, 'Nosaukums <ir> "par" & garu'),
			401 => throw new Refusal(2007, 401, 'Sesija beigusies'),
			403 => throw new Refusal(1002, 403, 'Nav tiesību piekļūt šim sarakstam'),
			500 => throw new Refusal(1000, 500, 'Notika servera iekšēja kļūda'),
			600 => throw new SoapFault('Server', 'Datubāze <nav> pieejama'),
			601 => throw new RuntimeException('Something broke'),
			602 => throw new SoapFault('Client', 'Nederīgs pieprasījums'),
			// A TypeError.
			603 => strlen([]),
			default => null,
		};
		return ['list_count' => 0, 'lists' => []];
	}

	public function add_object($sid, $list_id, $code, $type, $name, $check_ur)
	{
		return ['object' => sampleInfo(11, ['code' => $code, 'name' => $name])];
	}

	public function update_object($sid, $id, $address, $phone, $fax, $email, $www, $contact_person, $client_id)
	{
		// The allowed length is in characters, as PHP counts them.
		if (mb_strlen($address ?? '', 'UTF-8') > 200) {
			throw new Refusal(2020, 400, 'Adrese ir par garu');
		}
		$details = compact('phone', 'fax', 'email', 'www', 'contact_person', 'client_id');
		return ['object' => sampleInfo($id, ['user_address' => $address] + $details)];
	}

	public function delete_object($sid, $id, $list_id)
	{
		return ['list_count' => 1, 'lists' => [sampleList(1, [])]];
	}

	public function get_list_monitoring($sid, $list_id)
	{
		return ['monitoring' => monitoring(['list_id' => $list_id])];
	}

	public function get_monitoring_sessions($sid, $list_id, $from, $to)
	{
		$sessions = array_map(sampleSession(...), numbers($list_id));
		return ['sessions' => $sessions, 'session_count' => $list_id, 'monitoring_id' => 5];
	}

	public function get_session_events($sid, $list_id, $session_id)
	{
		return ['events' => array_map(sampleEvent(...), numbers($session_id))];
	}

	/** Lists as PHP programs come to have them: with one thing twice, with holes, with keys. */
	public function get_available_services($sid, $list_id)
	{
		$birth = service('SV_BIRTH');
		$services = [$birth, service('SV_UBIRTH'), $birth];
		return ['services' => match ($list_id) {
			2 => array_filter($services, fn ($index) => $index !== 1, ARRAY_FILTER_USE_KEY),
			3 => array_map(fn ($service) => new SoapVar((array) $service, APACHE_MAP), $services),
			4 => new SoapVar(['first' => $birth, 'last' => service('SV_UBIRTH')], APACHE_MAP),
			5 => null,
			default => $services,
		}];
	}

	public function add_list_monitoring($sid, $list_id, $email, $empty_mail, $period, $start_date, $services, $end_date)
	{
		return ['monitoring' => monitoring([
			'list_id' => $list_id,
			'email' => implode(', ', $email),
			'empty_email' => $empty_mail,
			'period' => $period,
			'start_date' => $start_date,
			'end_date' => $end_date,
			'services' => array_map(service(...), $services),
		])];
	}

	public function update_list_monitoring($sid, $list_id, $email, $empty_mail, $period, $start_date, $services, $end_date)
	{
		return $this->add_list_monitoring(...func_get_args());
	}
}
