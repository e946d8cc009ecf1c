<?php
declare(strict_types=1);

require __DIR__ . '/declarations.php';

/** Makes the WSDL of the declarations as the framework makes one of a controller's comments. */
class Wsdl
{
	private const PRIMITIVE = [
		'string' => 'xsd:string',
		'int' => 'xsd:int',
		'integer' => 'xsd:integer',
		'boolean' => 'xsd:boolean',
	];
	private const ENCODING = 'http://schemas.xmlsoap.org/soap/encoding/';
	private const NAME = 'ApiController';
	private const SPACE = 'urn:ApiControllerwsdl';
	private const BODY = ['use' => 'encoded', 'namespace' => self::SPACE, 'encodingStyle' => self::ENCODING];

	/** The complex types by name, in the order in which they are first used. */
	private array $types = [];

	public static function at(string $serviceUrl): string
	{
		return (new self())->document($serviceUrl);
	}

	private function document(string $serviceUrl): string
	{
		$messages = implode(array_map($this->messages(...), array_keys(FUNCTIONS)));
		return '<?xml version="1.0" encoding="UTF-8"?>' . "\n" . self::element('definitions', [
			'name' => self::NAME,
			'targetNamespace' => self::SPACE,
			'xmlns' => 'http://schemas.xmlsoap.org/wsdl/',
			'xmlns:tns' => self::SPACE,
			'xmlns:soap' => 'http://schemas.xmlsoap.org/wsdl/soap/',
			'xmlns:xsd' => 'http://www.w3.org/2001/XMLSchema',
			'xmlns:wsdl' => 'http://schemas.xmlsoap.org/wsdl/',
			'xmlns:soap-enc' => self::ENCODING,
		], $this->schema() . $messages . self::port() . self::binding() . self::service($serviceUrl)) . "\n";
	}

	private function messages(string $function): string
	{
		[$parameters, $answer] = FUNCTIONS[$function];
		$structure = str_replace('_', '', ucwords($function, '_')) . 'Response';
		$parts = '';
		foreach (['signature' => 'string'] + $parameters as $name => $type) {
			$parts .= self::element('wsdl:part', ['name' => $name, 'type' => $this->type($type)]);
		}
		$result = ['name' => 'return', 'type' => $this->type($structure, $answer + RESULT)];
		return self::element('wsdl:message', ['name' => "{$function}Request"], $parts)
			. self::element('wsdl:message', ['name' => "{$function}Response"], self::element('wsdl:part', $result));
	}

	/** The name of a type in the WSDL; a complex type is added to the schema. */
	private function type(string $declared, ?array $fields = null): string
	{
		if (isset(self::PRIMITIVE[$declared])) {
			return self::PRIMITIVE[$declared];
		}
		$isArray = str_ends_with($declared, '[]');
		$name = $isArray ? substr($declared, 0, -2) . 'Array' : $declared;
		if (!isset($this->types[$name])) {
			// Reserved first, because its fields may be of the same type.
			$this->types[$name] = '';
			$this->types[$name] = $isArray
				? $this->arrayOf($name, substr($declared, 0, -2))
				: $this->structure($name, $fields ?? STRUCTURES[$declared]);
		}
		return "tns:$name";
	}

	private function structure(string $name, array $fields): string
	{
		$elements = '';
		foreach ($fields as $field => $type) {
			$elements .= self::element('xsd:element', ['name' => $field, 'type' => $this->type($type)]);
		}
		return self::element('xsd:complexType', ['name' => $name], self::element('xsd:all', [], $elements));
	}

	private function arrayOf(string $name, string $type): string
	{
		$attribute = ['ref' => 'soap-enc:arrayType', 'wsdl:arrayType' => $this->type($type) . '[]'];
		$restriction = ['base' => 'soap-enc:Array'];
		$content = self::element('xsd:restriction', $restriction, self::element('xsd:attribute', $attribute));
		$complex = self::element('xsd:complexContent', [], $content);
		return self::element('xsd:complexType', ['name' => $name], $complex);
	}

	private function schema(): string
	{
		$schema = ['targetNamespace' => self::SPACE];
		return self::element('wsdl:types', [], self::element('xsd:schema', $schema, implode($this->types)));
	}

	private static function port(): string
	{
		$operations = '';
		foreach (array_keys(FUNCTIONS) as $function) {
			$operations .= self::element('wsdl:operation', ['name' => $function],
				self::element('wsdl:documentation')
				. self::element('wsdl:input', ['message' => "tns:{$function}Request"])
				. self::element('wsdl:output', ['message' => "tns:{$function}Response"]));
		}
		return self::element('wsdl:portType', ['name' => self::NAME . 'PortType'], $operations);
	}

	private static function binding(): string
	{
		$body = self::element('soap:body', self::BODY);
		$transport = ['style' => 'rpc', 'transport' => 'http://schemas.xmlsoap.org/soap/http'];
		$content = self::element('soap:binding', $transport);
		foreach (array_keys(FUNCTIONS) as $function) {
			$action = ['soapAction' => self::SPACE . "#$function", 'style' => 'rpc'];
			$content .= self::element('wsdl:operation', ['name' => $function],
				self::element('soap:operation', $action)
				. self::element('wsdl:input', [], $body)
				. self::element('wsdl:output', [], $body));
		}
		$name = ['name' => self::NAME . 'Binding', 'type' => 'tns:' . self::NAME . 'PortType'];
		return self::element('wsdl:binding', $name, $content);
	}

	private static function service(string $url): string
	{
		$port = ['name' => self::NAME . 'Port', 'binding' => 'tns:' . self::NAME . 'Binding'];
		$content = self::element('wsdl:port', $port, self::element('soap:address', ['location' => $url]));
		return self::element('wsdl:service', ['name' => self::NAME . 'Service'], $content);
	}

	private static function element(string $name, array $attributes = [], string $content = ''): string
	{
		$written = '';
		foreach ($attributes as $attribute => $value) {
			$written .= " $attribute=\"" . htmlspecialchars($value, ENT_XML1 | ENT_COMPAT) . '"';
		}
		return $content === '' ? "<$name$written/>" : "<$name$written>$content</$name>";
	}
}
