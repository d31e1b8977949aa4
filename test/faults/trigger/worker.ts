import { serve } from '../../../dev/bench/support/serve';
import { playFault } from './campaign';
import { FAULTS } from './faults';

serve({
	play: async (name: string) => await playFault(FAULTS.find((fault) => fault.name === name)!),
});
