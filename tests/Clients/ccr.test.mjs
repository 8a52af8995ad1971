// claude-code-router, unchanged, in front of the gateway: it turns Anthropic's dialect into OpenAI's or Gemini's.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import Anthropic from '@anthropic-ai/sdk';
import { startAll, token } from './harness.mjs';

const models = ['gemini-2.5-flash', 'gemini-3-flash-preview'];
const weather = { name: 'get_weather', description: 'The weather of a city', input_schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] } };
let all;
let router;
let home;
let client;

before(async () => {
  all = await startAll();
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  home = mkdtempSync(join(tmpdir(), 'gemini-balance-ccr-'));
  mkdirSync(join(home, '.claude-code-router'));
  writeFileSync(join(home, '.claude-code-router', 'config.json'), JSON.stringify({
    HOST: '127.0.0.1', PORT: port, APIKEY: 'router-key', NON_INTERACTIVE_MODE: true, LOG: false,
    Providers: [
      { name: 'openai', api_base_url: `${all.gateway}/v1/chat/completions`, api_key: token, models },
      { name: 'gemini', api_base_url: `${all.gateway}/v1beta/models/`, api_key: token, models, transformer: { use: ['gemini'] } },
    ],
    Router: { default: `openai,${models[0]}` },
  }));
  router = spawn(process.execPath, [resolve(import.meta.dirname, 'node_modules/.bin/ccr'), 'start'], { env: { PATH: process.env.PATH, HOME: home }, stdio: 'ignore' });
  client = new Anthropic({ apiKey: 'router-key', baseURL: `http://127.0.0.1:${port}`, maxRetries: 0 });
  for (let tries = 0; tries < 300 && !(await fetch(`http://127.0.0.1:${port}/health`).then((answer) => answer.ok, () => false)); tries++) {
    await new Promise((done) => setTimeout(done, 100));
  }
});
after(async () => {
  router.kill('SIGTERM');
  const timer = setTimeout(() => router.kill('SIGKILL'), 10000);
  await once(router, 'exit');
  clearTimeout(timer);
  rmSync(home, { recursive: true, force: true });
  await all.stop();
});

// In Gemini's dialect the router gives signatures back with other parts than they came with, which Gemini 3 refuses: the native face passes what it is given.
for (const [provider, served] of [['openai', models], ['gemini', models.slice(0, 1)]]) {
  for (const name of served) {
    test(`several turns with ${name} in the dialect of ${provider}`, async () => {
      const messages = [{ role: 'user', content: '[[tool 2]] What is the weather in Paris?' }];
      for (let turn = 0; turn < 2; turn++) {
        const { content } = await client.messages.stream({ model: `${provider},${name}`, max_tokens: 8000, tools: [weather], messages }).finalMessage();
        const use = content.find((block) => block.type === 'tool_use');
        assert.equal(typeof use?.input.city, 'string');
        messages.push({ role: 'assistant', content }, { role: 'user', content: [{ type: 'tool_result', tool_use_id: use.id, content: `sunny ${turn}` }] });
      }

      const last = await client.messages.stream({ model: `${provider},${name}`, max_tokens: 8000, tools: [weather], messages }).finalMessage();
      assert.match(last.content.at(-1).text, /sunny 1/);
    });
  }
}
