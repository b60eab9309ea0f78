#!/usr/bin/env node
// The plugin from its compiled code, together with the official `org login` commands, so that a clone can rehearse
// without the Salesforce CLI. In the CLI itself those commands are there already.
import { execute, settings } from '@oclif/core';

process.env.NODE_ENV = 'development';
settings.enableAutoTranspile = false;
await execute({ dir: import.meta.url });
