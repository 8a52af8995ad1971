using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GeminiBalance.Protocol.OpenAI;
using GeminiBalance.Protocol.OpenAIToGemini;

namespace GeminiBalance.Protocol.Tests.Requests;

/// <summary>Valid bodies, broken at random: nothing but <see cref="TranslationException"/> comes out, and what is accepted is a sound body.</summary>
public sealed class RequestFuzzTests
{
    private const int Rounds = 4_000;

    private static readonly string[] Bodies =
    [
        """
        {"model":"gemini-2.5-flash","stream":true,"stream_options":{"include_usage":true},"temperature":0.5,"max_tokens":100,"stop":["a"],"seed":7,"n":2,
        "messages":[{"role":"system","content":"rules"},{"role":"user","content":[{"type":"text","text":"h\u00e9llo \ud83d\ude00"},
        {"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo=","detail":"low"}},{"type":"input_audio","input_audio":{"data":"UklGRg==","format":"wav"}},
        {"type":"file","file":{"file_data":"data:application/pdf;base64,JVBERi0xLjQ=","filename":"a.pdf"}}]},{"role":"assistant","content":"ok"},{"role":"user","content":"more"}]}
        """,
        """
        {"model":"gemini-3.5-flash","messages":[{"role":"user","content":"go"},{"role":"assistant","content":null,"tool_calls":[
        {"id":"a","type":"function","function":{"name":"f","arguments":"{\"x\":[1,{\"y\":null}]}"},"extra_content":{"google":{"thought_signature":"SIG="}}},
        {"id":"b__thought__QUJD","type":"custom","custom":{"name":"g h","input":"text"}}]},{"role":"tool","tool_call_id":"a","content":"{\"z\":1}"},
        {"role":"tool","tool_call_id":"b","content":[{"type":"text","text":"t"}]},{"role":"user","content":"and?"}],
        "tools":[{"type":"function","function":{"name":"f","description":"d","parameters":{"type":"object","properties":{"x":{"$ref":"#/definitions/X"},"e":{"enum":["a",1,null]}},
        "required":["x"],"definitions":{"X":{"allOf":[{"type":["array","null"],"items":{"const":3}}]}}}}},{"type":"custom","custom":{"name":"g h"}},{"type":"web_search"}],
        "tool_choice":{"type":"allowed_tools","allowed_tools":{"mode":"auto","tools":[{"type":"function","function":{"name":"f"}}]}},"reasoning":{"effort":"low","max_tokens":5}}
        """,
        """
        {"model":"gemini-2.0-flash","messages":[{"role":"user","content":"x"}],"functions":[{"name":"f","parameters":{"type":"object","properties":{"a":{"anyOf":[{"type":"string"},{"type":"null"}]}}}}],
        "function_call":{"name":"f"},"response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{"type":"object","properties":{"a":{"type":"integer","exclusiveMinimum":3}}}}},
        "extra_body":{"google":{"thinking_config":{"include_thoughts":true},"safety_settings":[{"category":"c","threshold":"t"}],"generation_config":{"top_k":3},"cached_content":"x"}},
        "modalities":["text","audio"],"audio":{"voice":"alloy","format":"wav"},"logprobs":true,"top_logprobs":3,"thinking":{"type":"enabled","budget_tokens":100}}
        """,
    ];

    private static readonly string[] Values =
    [
        "null", "true", "7", "-1", "1.5", "1e400", "-1e999", "99999999999999999999999999", "\"\"", "\"x\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\u0000\"", "[]", "{}", "[[]]", "[null]",
        "{\"a\":1}", "\"data:image/png;base64,@@\"", "\"data:\"", "\"data:,\"", "\"https://\"", "\"http://[\"", "\"gs://\"", "\"files/\"", "\"\\\\\"", "{\"\\ud800\":1}", "[\"\\ud800\"]", "{\"$ref\":\"#\"}", "\"%\"",
    ];

    [Fact]
    public void Translate_MutatedValues_ThrowsNothingElse()
    {
        var accepted = 0;
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            accepted += Try(Replace(Bodies[random.Next(Bodies.Length)], random), seed) ? 1 : 0;
        }

        Assert.InRange(accepted, Rounds / 10, Rounds);
    }

    [Fact]
    public void Translate_MutatedBytes_ThrowsNothingElse()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            var body = Encoding.UTF8.GetBytes(Bodies[random.Next(Bodies.Length)]);
            for (var i = random.Next(1, 4); i > 0; i--)
            {
                body[random.Next(body.Length)] = random.Next(2) == 0 ? (byte)random.Next(256) : (byte)"{}[]\",:\\u0"[random.Next(10)];
            }

            Try(random.Next(4) == 0 ? body[..random.Next(body.Length)] : body, seed);
        }
    }

    [Fact]
    public void Translate_DeepNestingAnywhere_ThrowsNothingElse()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var depth = random.Next(40, 300);
            var deep = random.Next(3) switch
            {
                0 => new string('[', depth) + new string(']', depth),
                1 => string.Concat(Enumerable.Repeat("{\"properties\":{\"a\":", depth)) + "{}" + new string('}', depth * 2),
                _ => $"\"{new string('[', depth)}{new string(']', depth)}\"",
            };
            Try(Replace(Bodies[random.Next(Bodies.Length)], random, deep), seed);
        }
    }

    [Fact]
    public void ReadEmbeddings_Mutated_ThrowsNothingElse()
    {
        for (var seed = 0; seed < 1_000; seed++)
        {
            var body = Replace("""{"model":"m","input":["a","b"],"dimensions":3,"encoding_format":"base64","task_type":"CLUSTERING"}""", new Random(seed));
            try
            {
                var request = OpenAIRequestReader.ReadEmbeddings(body);
                Assert.NotEmpty(EmbeddingsRequestTranslator.Translate(request, ModelName.Normalize(request.Model ?? "gemini-embedding-001")));
            }
            catch (TranslationException)
            {
                // What the client is told.
            }
            catch (Exception error) when (error is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"seed {seed}: {error}\n{Encoding.UTF8.GetString(body)}");
            }
        }
    }

    private static bool Try(byte[] body, int seed)
    {
        try
        {
            var request = OpenAIRequestReader.ReadChat(body);
            var media = RemoteMedia.Find(request).ToDictionary(uri => uri, _ => new MediaContent("image/png", "iVBORw0KGgo="));
            var chat = ChatRequestTranslator.Translate(request, new ChatTranslationOptions { Model = ModelName.Normalize(request.Model), Media = media });
            CheckSound(chat.ToUtf8Bytes(), seed);
            return true;
        }
        catch (TranslationException)
        {
            return false;
        }
        catch (Exception error) when (error is not Xunit.Sdk.XunitException)
        {
            Assert.Fail($"seed {seed}: {error}\n{Encoding.UTF8.GetString(body)}");
            return false;
        }
    }

    // What the API demands of every conversation.
    private static void CheckSound(byte[] utf8, int seed)
    {
        var contents = JsonNode.Parse(utf8, documentOptions: new JsonDocumentOptions { MaxDepth = 200 })!["contents"]!.AsArray();
        Assert.True(contents.Count > 0, $"seed {seed}: no contents");
        Assert.True((string?)contents[0]!["role"] == "user", $"seed {seed}: first turn");
        Assert.True((string?)contents[^1]!["role"] == "user", $"seed {seed}: last turn");
        for (var i = 0; i < contents.Count; i++)
        {
            var parts = contents[i]!["parts"]!.AsArray();
            var calls = parts.Count(part => part!["functionCall"] is not null);
            Assert.True(parts.Count > 0, $"seed {seed}: no parts");
            Assert.True(parts.All(part => part!["text"] is null || ((string)part["text"]!).Length > 0), $"seed {seed}: empty text");
            Assert.True(
                calls == 0 || contents[i + 1]!["parts"]!.AsArray().Count(part => part!["functionResponse"] is not null) == calls, $"seed {seed}: calls without results");
        }
    }

    /// <summary>Replaces, doubles or removes one value of the document.</summary>
    private static byte[] Replace(string body, Random random, string? value = null)
    {
        var utf8 = Encoding.UTF8.GetBytes(body);
        var spans = new List<(int Start, int End)>();
        var reader = new Utf8JsonReader(utf8);
        while (reader.Read())
        {
            if (reader.TokenType is not (JsonTokenType.PropertyName or JsonTokenType.EndArray or JsonTokenType.EndObject) && reader.TokenStartIndex > 0)
            {
                var copy = reader;
                copy.Skip();
                spans.Add(((int)reader.TokenStartIndex, (int)copy.BytesConsumed));
            }
        }

        var (start, end) = spans[random.Next(spans.Count)];
        return [.. utf8[..start], .. Encoding.UTF8.GetBytes(value ?? Values[random.Next(Values.Length)]), .. utf8[end..]];
    }
}
