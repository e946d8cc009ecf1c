/**
 * node-forge, loaded so that it is quick under jest. It picks its arithmetic by `navigator`: Node
 * has one since version 21, and with it forge takes the variant that calls Math.floor for each
 * digit, which in jest's sandbox makes signatures forty times slower.
 */
import { restoreNavigator } from './withoutNavigator.cts';
import forge from 'node-forge';

restoreNavigator();

export { forge };
