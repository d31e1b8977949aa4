import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger as HostLogger } from '@n8n/backend-common';
import { Container } from '@n8n/di';
import { InstanceSettings } from 'n8n-core';
import type { Logger, LogMetadata } from 'n8n-workflow';
import { LoggerProxy } from 'n8n-workflow';

/** One line that n8n or a node wrote to n8n's log. */
export interface LogLine {
	level: 'error' | 'warn' | 'info' | 'debug';
	message: string;
	metadata?: LogMetadata;
}

type LogListener = (line: LogLine) => void;

const listeners = new Set<LogListener>();

function write(level: LogLine['level'], message: string, metadata?: LogMetadata): void {
	for (const listener of listeners) {
		listener({ level, message, metadata });
	}
}

/** n8n's logger as far as n8n's engine uses it: silent unless somebody listens. */
class EngineLogger implements Logger {
	scoped(): this {
		return this;
	}

	error(message: string, metadata?: LogMetadata): void {
		write('error', message, metadata);
	}

	warn(message: string, metadata?: LogMetadata): void {
		write('warn', message, metadata);
	}

	info(message: string, metadata?: LogMetadata): void {
		write('info', message, metadata);
	}

	debug(message: string, metadata?: LogMetadata): void {
		write('debug', message, metadata);
	}
}

/**
 * Replaces n8n's logger, both the one that n8n's services get injected and the proxy of
 * n8n-workflow. Must run before the first service is made, because services keep their logger.
 */
function installLogger(): void {
	const logger = new EngineLogger();
	Container.set(HostLogger, logger as unknown as HostLogger);
	LoggerProxy.init(logger);
}

/**
 * Listens to n8n's log. The log is shared by all engines of the process, as in n8n.
 *
 * @param listener called once for every line, in order.
 * @returns a function that stops listening.
 */
export function onLog(listener: LogListener): () => void {
	listeners.add(listener);
	return () => {
		listeners.delete(listener);
	};
}

const USER_FOLDER = 'N8N_USER_FOLDER';

function restoreUserFolder(previous: string | undefined): void {
	if (previous === undefined) {
		delete process.env[USER_FOLDER];
	} else {
		process.env[USER_FOLDER] = previous;
	}
}

/**
 * Makes n8n's instance settings now, in a folder that lives only for this moment: n8n writes an
 * encryption key when it makes them and reads the file never again. Without this, n8n would do
 * so at the first workflow, in the user's home.
 */
function createInstanceSettings(): void {
	const previous = process.env[USER_FOLDER];
	const folder = mkdtempSync(join(tmpdir(), 'n8n-engine-'));
	process.env[USER_FOLDER] = folder;
	try {
		// The only main process of an n8n; others run no schedules.
		Container.get(InstanceSettings).markAsLeader();
	} finally {
		restoreUserFolder(previous);
		rmSync(folder, { recursive: true, force: true });
	}
}

let prepared = false;

/**
 * Does what n8n's process start does before a workflow can run, as far as it is needed here.
 * Done once for a process; later calls do nothing.
 */
export function prepareHost(): void {
	if (prepared) {
		return;
	}
	prepared = true;
	installLogger();
	createInstanceSettings();
}
