import type { Grammar } from './compose.js'

/**
 * Code that works and should not be shipped, `{code}` being a whole snippet: shell injection, evaluated input, unverified
 * TLS, broken digests, SQL by concatenation, unsafe deserialisation, open permissions. Written for this project.
 */
export const INSECURE: Grammar = {
  code: [
    'import subprocess\n\ndef {fn}({var}):\n    return subprocess.run("{tool} " + {var}, shell=True, capture_output=True).stdout',
    'import os\n\ndef {fn}({var}):\n    os.system(f"{tool} {open}{var}{close}")\n    return True',
    'def {fn}({var}):\n    {out} = eval({var})\n    return {out}',
    'def {fn}({var}, {out}=None):\n    exec({var})\n    return {out}',
    'import requests\n\ndef {fn}({var}):\n    {out} = requests.get({var}, verify=False, timeout={number})\n    return {out}.json()',
    'import hashlib\n\ndef {fn}({var}):\n    {out} = hashlib.md5({var}.encode()).hexdigest()\n    return {out}',
    'import sqlite3\n\ndef {fn}(db, {var}):\n    {out} = "SELECT * FROM {table} WHERE name = \'" + {var} + "\'"\n    return db.execute({out}).fetchall()',
    'import pickle\n\ndef {fn}({var}):\n    with open({var}, "rb") as {out}:\n        return pickle.load({out})',
    'import yaml\n\ndef {fn}({var}):\n    return yaml.load(open({var}), Loader=yaml.Loader)',
    'import os\n\ndef {fn}({var}):\n    os.chmod({var}, 0o777)\n    return {var}',
    'import random\n\ndef {fn}({var}={number}):\n    return "".join(random.choice("abcdef0123456789") for _ in range({var}))',
    'import tempfile\n\ndef {fn}({var}):\n    {out} = tempfile.mktemp(suffix={var})\n    open({out}, "w").close()\n    return {out}',
    'function {fn}({var}) {open}\n  document.getElementById("{table}").innerHTML = {var};\n{close}',
    'const {fn} = ({var}) => eval("(" + {var} + ")");\nmodule.exports = {open} {fn} {close};',
    'const {open} exec {close} = require("child_process");\n\nfunction {fn}({var}) {open}\n  exec("{tool} " + {var}, (_, {out}) => console.log({out}));\n{close}',
  ],
  fn: [
    'process',
    'load_data',
    'run_task',
    'handle',
    'fetch_all',
    'compute',
    'build',
    'convert',
    'read_input',
    'check',
    'update_all',
    'make_result',
  ],
  var: ['value', 'path', 'name', 'text', 'query', 'item', 'arg', 'source', 'data', 'user_input', 'url'],
  out: ['result', 'out', 'res', 'answer', 'response', 'tmp', 'output', 'found'],
  tool: ['ls -l', 'cat', 'wc -l', 'ping -c 1', 'convert', 'tar xf', 'head', 'sort', 'grep main'],
  table: ['users', 'orders', 'items', 'people', 'accounts', 'notes', 'results', 'sales'],
  number: ['5', '8', '10', '12', '16', '20', '30', '60'],
  open: ['\u007b'],
  close: ['\u007d'],
}

/** Words before the code. */
export const LEADS: Grammar = {
  lead: ['{here} {that} {does}:', '{here} {that}:', '{this} {does}:', 'You can {use} the following:', '{use_} this:'],
  here: ['Here is', 'Below is', 'This is', 'The following is'],
  that: ['a function', 'a short version', 'one way', 'some code', 'a solution', 'an example'],
  this: ['This function', 'The code below', 'The snippet', 'A short function'],
  does: ['that does it', 'for the task', 'which should do', 'that works', 'for this'],
  use: ['use', 'try', 'start from', 'adapt'],
  use_: ['Use', 'Try', 'Start from', 'Adapt'],
}
