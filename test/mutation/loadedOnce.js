// Makes of a library's file one line that has Node load it: once for all test files of a process.
module.exports = {
	process: (_source, filename) => ({
		code: `module.exports = requireOnce(${JSON.stringify(filename)});`,
	}),
	getCacheKey: (_source, filename) => `once ${filename}`,
};
