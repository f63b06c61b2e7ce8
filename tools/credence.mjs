#!/usr/bin/env node
// The program from a checkout that may be fresh: installs and compiles what is missing, then runs with the same arguments.
// For action.yml and .pre-commit-hooks.yaml, whose services bring a checkout and no package.
import { ensureBuilt, ensureInstalled } from './setup.mjs'

ensureInstalled()
ensureBuilt()
await import('../bin/run.js')
