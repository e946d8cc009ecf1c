<?php
declare(strict_types=1);

/** The service refuses a call: success=false with a code, and an HTTP status. */
class Refusal extends Exception
{
	public function __construct(int $code, public readonly int $status, string $message = 'Kļūda')
	{
		parent::__construct($message, $code);
	}
}

/** What every call passes: it is written down, its signature is verified, its session looked up. */
class VerifyingService
{
	public function __construct(private readonly Service $service, private readonly string $folder)
	{
	}

	/** SoapServer hands on the parameters in the order of the WSDL, null for those not sent. */
	public function __call(string $name, array $arguments): array
	{
		$names = array_map(
			fn ($parameter) => $parameter->getName(),
			(new ReflectionMethod($this->service, $name))->getParameters(),
		);
		$given = array_combine(['signature', ...$names], $arguments);
		$sent = array_filter($given, fn ($value) => $value !== null);
		$signature = $sent['signature'] ?? '';
		unset($sent['signature']);
		$isVerified = $this->verify($sent, $signature);
		$this->note($name, $sent, $isVerified);
		try {
			if (!$isVerified) {
				throw new Refusal(3002, 403, 'Dati neatbilst parakstam');
			}
			if ($name !== 'login' && !$this->service->hasSession($sent['sid'] ?? '')) {
				throw new Refusal(2005, 401, 'Sesija neeksistē');
			}
			$answer = $this->service->$name(...array_slice($arguments, 1));
			return $answer + ['success' => true, 'message' => 'Pieprasījums veiksmīgi izpildīts', 'code' => null];
		} catch (Refusal $refusal) {
			http_response_code($refusal->status);
			$result = ['success' => false, 'message' => $refusal->getMessage(), 'code' => $refusal->getCode()];
			return array_fill_keys(Service::ANSWERS[$name], null) + $result;
		}
	}

	/** As the specification's own sample signs: json_encode with default flags. */
	private function verify(array $sent, string $signature): bool
	{
		$key = openssl_pkey_get_public(file_get_contents("$this->folder/public.pem"));
		$binary = base64_decode($signature, true);
		return $binary !== false
			&& openssl_verify(json_encode($sent), $binary, $key, OPENSSL_ALGO_SHA256) === 1;
	}

	/** Texts are written in hex, so that the line says which bytes PHP saw. */
	private function note(string $name, array $sent, bool $isVerified): void
	{
		array_walk_recursive($sent, function (&$value) {
			$value = is_string($value) ? bin2hex($value) : $value;
		});
		$line = [
			'function' => $name,
			'address' => $_SERVER['REQUEST_URI'],
			'action' => $_SERVER['HTTP_SOAPACTION'] ?? '',
			'verified' => $isVerified,
			// PHP writes an empty array as a list, but the parameters are always an object.
			'parameters' => (object) $sent,
		];
		file_put_contents("$this->folder/calls.jsonl", json_encode($line) . "\n", FILE_APPEND);
	}
}
