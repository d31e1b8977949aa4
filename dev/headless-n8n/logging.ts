import { Logger as HostLogger } from '@n8n/backend-common';
import { Container } from '@n8n/di';
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
export function installLogger(): void {
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
