import type { IDataObject, ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';

import { Teller, type EventItem } from '../events/teller';
import { hostClock } from '../api/clock';
import { inputFailure } from '../failures/failure';
import { Hubs, type Membership } from '../notifications/hub';
import type { Log, News, StoppableClock } from '../notifications/types';
import { connectTrigger, type TriggerContext } from './triggerConnection';
import { Incidents, inputErrorOf, noWebSocketError, problemIn, triggerError } from './triggerErrors';
import { TriggerMemory } from './triggerMemory';
import { readTriggerSettings, type TriggerSettings } from './triggerSettings';
import { findUnknownTarget } from './triggerTargets';
