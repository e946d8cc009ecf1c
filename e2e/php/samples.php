<?php
/** Invented sample data in the specification's structures. */
declare(strict_types=1);

/** What XML treats specially, blanks at the ends, and characters beyond the basic plane. */
const ODD = " \r\n\"A\" & <B> ']]>' /\u{a0}\u{2028}\u{7f}\u{1f600} \t";

function numbers(int $count): array
{
	return $count === 0 ? [] : range(1, $count);
}

function role(int $id, string $rights): object
{
	return (object) ['id' => $id, 'name' => "Loma $id", 'rights' => $rights];
}

function sampleObject(int $id): object
{
	return (object) [
		'id' => $id,
		'code' => sprintf('%011d', $id),
		'virtual_id' => sprintf('%09d', $id),
		'client_id' => '',
		'name' => "SIA \"Ķīpsala & dēli\" $id",
		'status' => 'ACTIVE',
		'created' => '2026-01-02 03:04:05',
		'updated' => null,
		'address' => ODD,
	];
}

function sampleInfo(int $id, array $changes = []): object
{
	$details = ['contact_person', 'user_address', 'phone', 'email', 'fax', 'www', 'client_id'];
	$info = array_fill_keys($details, null);
	$object = array_diff_key((array) sampleObject($id), ['client_id' => '']);
	return (object) array_replace($object, $info, $changes);
}

function sampleList(int $id, array $changes): object
{
	return (object) array_replace([
		'id' => $id,
		'name' => "Saraksts $id",
		'type' => 'PERSONS',
		'form' => 'SIMPLE',
		'description' => null,
		'monitoring_id' => null,
		'object_count' => 0,
		'objects' => [],
		'monitored_object_count' => 0,
		'users' => [],
	], $changes);
}

function monitoring(array $changes): object
{
	return (object) array_replace([
		'monitoring_id' => 5,
		'list_id' => 1,
		'email' => 'anna@example.com',
		'period' => 'D',
		'start_date' => '2026-01-01',
		'end_date' => null,
		'empty_email' => false,
		'object_count' => 1,
		'services' => [],
	], $changes);
}

function service(string $type): object
{
	return (object) ['type' => $type, 'name' => "Pakalpojums $type"];
}

function sampleSession(int $id): object
{
	return (object) ['id' => $id, 'sent' => '2026-01-10 08:00:00', 'sent_events_count' => 0];
}

function sampleEvent(int $number): object
{
	return (object) [
		'event_type' => 'EV_ADDRESS',
		'title' => 'Adreses maiņa',
		'object_name' => "SIA \"Ķīpsala & dēli\" $number",
		'object_code' => sprintf('%011d', $number),
		'date' => '2026-01-10 07:00:00',
		'sent_date' => '2026-01-10 08:00:00',
		'notes' => $number % 3 === 0 ? null : ODD,
	];
}
