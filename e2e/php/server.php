<?php
/**
 * Klientu Portfelis as the vendor's own stack would serve it: PHP's SoapServer on a WSDL of Yii's
 * shape. It knows the specification and nothing of our code but the WSDL.
 *
 *     php -S 127.0.0.1:PORT -t FOLDER server.php
 *
 * FOLDER holds service.wsdl and public.pem. It gets calls.jsonl, a line for each call, and a file
 * for each session.
 */
declare(strict_types=1);

require __DIR__ . '/VerifyingService.php';
require __DIR__ . '/Service.php';

$folder = $_SERVER['DOCUMENT_ROOT'];
$wsdl = "$folder/service.wsdl";

if ($_SERVER['REQUEST_METHOD'] === 'GET') {
	header('Content-Type: text/xml; charset=utf-8');
	readfile($wsdl);
	return;
}

$server = new SoapServer($wsdl, ['cache_wsdl' => WSDL_CACHE_NONE, 'encoding' => 'UTF-8']);
$server->setObject(new VerifyingService(new Service($folder), $folder));
$server->handle();
