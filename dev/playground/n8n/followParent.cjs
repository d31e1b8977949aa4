// Loaded into n8n's process before n8n: when the process that started it is gone, n8n stops, too.
process.once('disconnect', () => {
	process.kill(process.pid, 'SIGTERM');
	setTimeout(() => process.exit(1), 10_000).unref();
});
// An open channel must not keep the process alive.
process.channel?.unref();
