<?php
/** What the framework shows in a browser when it breaks down. */
declare(strict_types=1);

/** The page for an exception that nothing caught. */
function errorPage(Throwable $fault): string
{
	$what = htmlspecialchars($fault->getMessage());
	return <<<PAGE
		<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
		<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en" lang="en">
		<head>
		<meta http-equiv="content-type" content="text/html; charset=utf-8" />
		<title>Kļūda 500</title>
		</head>
		<body>
		<h1>Notika kļūda</h1>
		<h2>$what</h2>
		</body>
		</html>
		PAGE;
}

/** What is written when even that page cannot be made. */
function shortPage(Throwable $fault): string
{
	return '<h1>' . $fault::class . "</h1>\n<p>" . htmlspecialchars($fault->getMessage()) . "</p>\n";
}
