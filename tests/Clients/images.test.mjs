// Pictures through the openai package: generations, edits, streams, and the files the gateway keeps.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import OpenAI, { toFile } from 'openai';
import { startAll, token } from './harness.mjs';

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const isPng = (base64) => Buffer.from(base64, 'base64').subarray(1, 4).toString() === 'PNG';
let all;
let client;

before(async () => {
  all = await startAll({ UPLOAD_PROVIDER: 'local' });
  client = new OpenAI({ apiKey: token, baseURL: `${all.gateway}/v1`, maxRetries: 0 });
});

after(() => all.stop());

describe('images', () => {
  test('a Gemini model makes several pictures as base64', async () => {
    const answer = await client.images.generate({ model: 'gemini-3.1-flash-image', prompt: 'a cat', n: 2, size: '1536x1024', response_format: 'b64_json' });
    assert.equal(answer.data.length, 2);
    assert.ok(answer.data.every((image) => isPng(image.b64_json)));
    assert.equal(answer.usage.output_tokens_details.image_tokens, 2580);
  });

  test('Imagen makes JPEGs', async () => {
    const answer = await client.images.generate({ model: 'imagen-4.0-generate-001', prompt: 'a cat', n: 3, output_format: 'jpeg', response_format: 'b64_json' });
    assert.equal(answer.data.length, 3);
    assert.equal(answer.output_format, 'jpeg');
    assert.ok(answer.data[0].b64_json.startsWith('/9j/'));
  });

  test('an address can be opened without a token', async () => {
    const answer = await client.images.generate({ model: 'dall-e-3', prompt: 'a cat', response_format: 'url' });
    const picture = await fetch(answer.data[0].url);
    assert.equal(picture.headers.get('content-type'), 'image/png');
    assert.deepEqual(Buffer.from(await picture.arrayBuffer()), png);
  });

  test('variations are made of one picture', async () => {
    const image = await toFile(png, 'dot.png', { type: 'image/png' });
    const answer = await client.images.createVariation({ image, n: 2, model: 'dall-e-2', response_format: 'b64_json', size: '1024x1024' });
    assert.deepEqual(answer.data.map((item) => isPng(item.b64_json)), [true, true]);
  });

  test('an edit sends its pictures and mask', async () => {
    const image = await toFile(png, 'one.png', { type: 'image/png' });
    const mask = await toFile(png, 'mask.png', { type: 'image/png' });
    const answer = await client.images.edit({ model: 'gpt-image-1', image: [image, image], mask, prompt: 'a hat', n: 1, response_format: 'b64_json' });
    assert.ok(isPng(answer.data[0].b64_json));
  });

  test('a stream ends each picture', async () => {
    const events = [];
    for await (const event of await client.images.generate({ model: 'gpt-image-1', prompt: 'a cat', stream: true })) {
      events.push(event.type);
    }

    assert.deepEqual(events, ['image_generation.completed']);
  });

  test('what was withheld is a 400 that says so', async () => {
    await assert.rejects(
      client.images.generate({ model: 'imagen-4.0-generate-001', prompt: '[[block]]' }),
      (error) => error instanceof OpenAI.BadRequestError && error.code === 'content_policy_violation');
    await assert.rejects(
      client.images.generate({ model: 'gemini-3.1-flash-image', prompt: '[[words]]' }),
      (error) => error instanceof OpenAI.BadRequestError && error.code === 'image_generation_failed' && /describe/.test(error.message));
  });

  test('what cannot be done is a 400 that names the field', async () => {
    await assert.rejects(
      client.images.generate({ prompt: 'a cat', output_format: 'webp' }),
      (error) => error instanceof OpenAI.BadRequestError && error.param === 'output_format');
  });

  test('a chat with an image model has the picture as an address', async () => {
    const answer = await client.chat.completions.create({ model: 'gemini-3.1-flash-image', messages: [{ role: 'user', content: 'a cat' }] });
    const [, url] = answer.choices[0].message.content.match(/!\[image\]\((http[^)]+)\)/);
    assert.equal((await fetch(url)).status, 200);
  });
});
