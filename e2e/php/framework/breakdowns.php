<?php
/** Breakdowns that tests plan: in a call, which gives a SOAP fault, or outside it, which gives a page. */
declare(strict_types=1);

/**
 * Takes the next planned breakdown if it is this request's turn.
 *
 * @param string $at a function, or `wsdl`
 */
function breakdownDue(string $folder, string $at): ?string
{
	$file = "$folder/breakdowns.json";
	$planned = is_file($file) ? json_decode(file_get_contents($file), true) : [];
	if (($planned[0]['at'] ?? null) !== $at) {
		return null;
	}
	$due = array_shift($planned);
	file_put_contents($file, json_encode($planned));
	return $due['kind'];
}

/** Breaks down before SoapServer takes over, unless the kind is one for calls. */
function breakDown(?string $kind): void
{
	switch ($kind) {
		case 'warning in front':
			// PHP writes the warning into the response, and the envelope follows it.
			readSettings();
			break;
		case 'warning page':
			readSettings();
			exit;
		case 'exception page':
			echo shortPage(exception());
			exit;
		case 'error page':
			throw exception();
	}
}

/** What SoapServer calls: it breaks down in the call, or passes it on. */
class Breakable
{
	public function __construct(private readonly object $service, private readonly ?string $kind)
	{
	}

	public function __call(string $name, array $arguments): mixed
	{
		match ($this->kind) {
			'exception' => throw exception(),
			'type error' => strlen([]),
			'warning' => readSettings(),
			default => null,
		};
		return $this->service->$name(...$arguments);
	}
}

function exception(): CException
{
	return new CException('Property "ApiController.cache" is not defined.');
}

/** A real PHP warning: a file that the program relies on is gone. */
function readSettings(): void
{
	file_get_contents(__DIR__ . '/settings.ini');
}
