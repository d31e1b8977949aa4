/** How n8n's processes share their work: a database, a queue, a key. */
export interface QueueSettings {
	readonly postgres: { readonly port: number; readonly user: string; readonly database: string };
	readonly redis: { readonly port: number };
	/** Decrypts the credentials: the same in all processes. */
	readonly encryptionKey: string;
	/** After how many ms a job whose worker gives no sign of life counts as stalled. */
	readonly lockMs: number;
}

/** How often a worker gives a sign of life while its job's lock holds. */
const SIGNS_OF_LIFE = 5;

/**
 * The environment variables of queue mode, the same for the main process and the workers.
 *
 * @param queue what the processes share
 * @param port where a worker tells whether it is ready
 * @returns the variables
 */
export function queueEnvironment(
	{ postgres, redis, encryptionKey, lockMs }: QueueSettings,
	port: number,
): NodeJS.ProcessEnv {
	const signOfLifeMs = String(Math.floor(lockMs / SIGNS_OF_LIFE));
	return {
		EXECUTIONS_MODE: 'queue',
		OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
		N8N_ENCRYPTION_KEY: encryptionKey,
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: String(postgres.port),
		DB_POSTGRESDB_USER: postgres.user,
		DB_POSTGRESDB_DATABASE: postgres.database,
		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: String(redis.port),
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		QUEUE_HEALTH_CHECK_PORT: String(port),
		N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
		QUEUE_WORKER_LOCK_DURATION: String(lockMs),
		QUEUE_WORKER_LOCK_RENEW_TIME: signOfLifeMs,
		QUEUE_WORKER_STALLED_INTERVAL: signOfLifeMs,
	};
}
