/** One call: who asks, may they, and what the function answers. */
import type { FunctionName } from '../../../nodes/KlientuPortfelis/protocol/catalogue/functions';
import { checkSignature, type Role, type Sessions, type Verify } from './access.cts';
import { failureAnswer, successAnswer } from './answers.cts';
import { Arguments, checkParameters } from './checks.cts';
import { ServiceError, type ErrorCode } from './errors.cts';
import {
	addList,
	addObject,
	deleteList,
	deleteObject,
	getLists,
	getObject,
	getObjects,
	updateList,
	updateObject,
	type Context,
	type Handler,
} from './lists.cts';
import {
	addListMonitoring,
	getAvailableServices,
	getListMonitoring,
	getMonitoringSessions,
	getSessionEvents,
	updateListMonitoring,
} from './monitorings.cts';
import type { SoapRequest } from './request.cts';

export interface Service extends Omit<Context, 'role'> {
	readonly roles: ReadonlyMap<number, Role>;
	readonly sessions: Sessions;
	readonly verify: Verify;
}

export interface ServiceAnswer {
	readonly xml: string;
	readonly status: number;
	readonly code: ErrorCode | null;
}

const HANDLERS: Readonly<Record<Exclude<FunctionName, 'login' | 'logout'>, Handler>> = {
	get_lists: getLists,
	get_objects: getObjects,
	get_object: getObject,
	add_list: addList,
	update_list: updateList,
	delete_list: deleteList,
	add_object: addObject,
	update_object: updateObject,
	delete_object: deleteObject,
	get_list_monitoring: getListMonitoring,
	get_monitoring_sessions: getMonitoringSessions,
	get_session_events: getSessionEvents,
	get_available_services: getAvailableServices,
	add_list_monitoring: addListMonitoring,
	update_list_monitoring: updateListMonitoring,
};

function requireApiRight(role: Role): void {
	if (!role.apiAllowed) throw new ServiceError(1001);
}

function login(service: Service, request: SoapRequest, signature: string, address: string): object {
	const { username, password, role_id: roleId } = request.parameters;
	if (!username || !password || roleId === undefined) throw new ServiceError(2002);
	if (typeof roleId !== 'number') throw new ServiceError(2004);
	const role = service.roles.get(roleId);
	if (!role) throw new ServiceError(2003);
	checkSignature(role, request.parameters, signature, service.verify);
	if (role.username !== username || role.password !== password) throw new ServiceError(2003);
	requireApiRight(role);
	return { sid: service.sessions.start(role.id, address) };
}

function call(service: Service, request: SoapRequest, address: string): object {
	const { function: name, parameters, signature } = request;
	if (!signature) throw new ServiceError(3001);
	if (name === 'login') return login(service, request, signature, address);
	const sid = parameters.sid;
	if (typeof sid !== 'string' || sid === '') throw new ServiceError(2000);
	const role = service.roles.get(service.sessions.use(sid, address));
	if (!role) throw new ServiceError(2005);
	checkSignature(role, parameters, signature, service.verify);
	requireApiRight(role);
	checkParameters(name, parameters);
	if (name === 'logout') {
		service.sessions.end(sid);
		return {};
	}
	return HANDLERS[name]({ ...service, role }, new Arguments(parameters));
}

export function failure(name: FunctionName, error: ServiceError): ServiceAnswer {
	return { xml: failureAnswer(name, error), status: error.status, code: error.code };
}

export function answerTo(service: Service, request: SoapRequest, address: string): ServiceAnswer {
	try {
		const fields = call(service, request, address);
		return { xml: successAnswer(request.function, fields), status: 200, code: null };
	} catch (error) {
		if (error instanceof ServiceError) return failure(request.function, error);
		throw error;
	}
}
