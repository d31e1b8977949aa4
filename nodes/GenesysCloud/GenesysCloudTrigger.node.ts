import {
	NodeConnectionTypes,
	type INodeType,
	type INodeTypeDescription,
	type ITriggerFunctions,
	type ITriggerResponse,
} from 'n8n-workflow';

import { triggerFields, triggerSubtitle } from './events/fields';
import { triggerLists } from './listSearch';
import { runTrigger } from './n8n/trigger';

const LISTENING =
	"<b>While building your workflow</b>, click the 'execute step' button, then let a customer do what the event is about: write in a conversation of the queue, for example. This will trigger an execution, which will show up in this editor.<br /> <br />";

/** The Genesys Cloud Trigger: starts a workflow when something happens in Genesys Cloud. */
export class GenesysCloudTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Genesys Cloud Trigger',
		name: 'genesysCloudTrigger',
		icon: { light: 'file:genesysCloud.svg', dark: 'file:genesysCloud.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: triggerSubtitle(),
		description:
			'Starts a workflow when something happens in Genesys Cloud, such as a customer message',
		eventTriggerDescription: 'Waiting for the event in Genesys Cloud',
		activationMessage: 'You can now have Genesys Cloud start your workflow.',
		defaults: { name: 'Genesys Cloud Trigger' },
		triggerPanel: {
			header: 'Pull in events from Genesys Cloud',
			executionsHelp: {
				inactive: `${LISTENING}<b>Once you're happy with your workflow</b>, publish it. Then every event will start the workflow. These executions will show up in the <a data-key='executions'>executions list</a>, but not in the editor.`,
				active: `${LISTENING}<b>Your workflow will also execute automatically</b>, since it's activated. Every event will start it. These executions will show up in the <a data-key='executions'>executions list</a>, but not in the editor.`,
			},
			activationHint:
				"Once you've finished building your workflow, publish it to have it also listen continuously (you just won't see those executions here).",
		},
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'genesysCloudApi', required: true }],
		properties: triggerFields(),
	};

	methods = triggerLists;

	/** Listens to the events of Genesys Cloud. */
	async trigger(this: ITriggerFunctions): Promise<ITriggerResponse> {
		return await runTrigger(this);
	}
}
