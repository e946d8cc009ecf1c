/**
 * Runs before the tests of each change. Properties try the same values every time, so that the score
 * does not depend on luck, and a change is noticed at the first failure, without a search for the
 * smallest one.
 */
require('fast-check').configureGlobal({ seed: 20260101, endOnFailure: true });
