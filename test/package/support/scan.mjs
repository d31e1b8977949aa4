// Runs the functions of n8n's own package scanner and prints their verdict as JSON.
// A process of its own, because the scanner is an ES module, which Jest's CommonJS cannot load.
import {
	analyzePackage,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';

const [directory, leg] = process.argv.slice(2);

// The same two legs as the scanner's analyzePackageByName: sources, and what the tarball holds.
const patterns = leg === 'sources' ? SOURCE_FILE_PATTERNS : ['**/*.js', 'package.json'];

console.log(JSON.stringify(await analyzePackage(directory, patterns)));
