<?php
/**
 * Klientu Portfelis as the Yii 1.1 framework serves a controller's functions, written from the
 * framework's documentation: one address gives the WSDL and, with the parameter `ws`, takes calls.
 * Exceptions and PHP warnings in a call become SOAP faults. Outside a call they become pages.
 *
 *     php -S 127.0.0.1:PORT -t FOLDER framework/server.php
 *
 * FOLDER is as for ../server.php, with no service.wsdl. Tests plan breakdowns in breakdowns.json.
 */
declare(strict_types=1);

require __DIR__ . '/../VerifyingService.php';
require __DIR__ . '/../Service.php';
require __DIR__ . '/Wsdl.php';
require __DIR__ . '/breakdowns.php';
require __DIR__ . '/pages.php';

/** The framework's own exception. */
class CException extends Exception
{
}

// The worst case: a server left in debug mode, which shows warnings, and traces with short arguments.
ini_set('display_errors', '1');
ini_set('html_errors', '1');
ini_set('zend.exception_ignore_args', '0');
ini_set('zend.exception_string_param_max_len', '15');
// PHP's recommended settings buffer output, so headers can still be set after a warning. Web servers
// send no more than Content-Length says, which PHP's own does not heed.
ob_start(function (string $output): string {
	$lengths = preg_filter('/^Content-Length: /i', '', headers_list());
	return $lengths === [] ? $output : substr($output, 0, (int) end($lengths));
});

set_exception_handler(function (Throwable $fault) {
	ob_clean();
	http_response_code(500);
	header('Content-Type: text/html; charset=utf-8');
	echo errorPage($fault);
});

$folder = $_SERVER['DOCUMENT_ROOT'];
$isCall = isset($_GET['ws']);
[, $function] = explode('#', trim($_SERVER['HTTP_SOAPACTION'] ?? '', '"')) + ['', ''];

header('Content-Type: text/xml;charset=UTF-8');
$breakdown = breakdownDue($folder, $isCall ? $function : 'wsdl');
breakDown($breakdown);
$wsdlUrl = "http://{$_SERVER['HTTP_HOST']}{$_SERVER['REQUEST_URI']}";
$wsdl = Wsdl::at($wsdlUrl . (str_contains($wsdlUrl, '?') ? '&' : '?') . 'ws=1');
if (!$isCall) {
	header('Content-Length: ' . strlen($wsdl));
	echo $wsdl;
	return;
}

// The framework reads its own WSDL over HTTP, which PHP's web server with one process cannot.
$options = ['cache_wsdl' => WSDL_CACHE_NONE, 'encoding' => 'UTF-8'];
$server = new SoapServer('data:text/xml;base64,' . base64_encode($wsdl), $options);
set_error_handler(fn (int $level, string $message) => throw new CException($message));
try {
	$server->setObject(new Breakable(new VerifyingService(new Service($folder), $folder), $breakdown));
	$server->handle();
} catch (Exception $exception) {
	$where = "{$exception->getFile()}:{$exception->getLine()}";
	$words = "{$exception->getMessage()} ($where)\n{$exception->getTraceAsString()}";
	$server->fault($exception::class, $words);
}
