using System.Text;
using GeminiBalance.Protocol.OpenAI;
using static GeminiBalance.Protocol.Tests.Requests.Canonical;

namespace GeminiBalance.Protocol.Tests.Requests;

/// <summary>Bytes to a typed request, and the field that an error names.</summary>
public sealed class ReaderTests
{
    [Theory]
    [InlineData("""{"messages":[{"role":"user","content":"hi"}]}""", "model")]
    [InlineData("""{"model":7,"messages":[{"role":"user","content":"hi"}]}""", "model")]
    [InlineData("""{"model":"m"}""", "messages")]
    [InlineData("""{"model":"m","messages":[]}""", "messages")]
    [InlineData("""{"model":"m","messages":{}}""", "messages")]
    [InlineData("""{"model":"m","messages":[7]}""", "messages[0]")]
    [InlineData("""{"model":"m","messages":[{"content":"hi"}]}""", "messages[0].role")]
    [InlineData("""{"model":"m","messages":[{"role":"robot","content":"hi"}]}""", "messages[0].role")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"a"},{"role":"user","content":7}]}""", "messages[1].content")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":[{"type":"smell"}]}]}""", "messages[0].content[0].type")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"a"},{"type":"text"}]}]}""", "messages[0].content[1].text")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":7}}]}]}""", "messages[0].content[0].image_url.url")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":[]}]}]}""", "messages[0].content[0].image_url")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":[{"type":"image_url"}]}]}""", "messages[0].content[0].image_url.url")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":[{"type":"input_audio","input_audio":{}}]}]}""", "messages[0].content[0].input_audio.data")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":[{"type":"file","file":{}}]}]}""", "messages[0].content[0].file")]
    [InlineData("""{"model":"m","messages":[{"role":"assistant","tool_calls":[{"id":"a","function":{}}]}]}""", "messages[0].tool_calls[0].function.name")]
    [InlineData("""{"model":"m","messages":[{"role":"assistant","tool_calls":[{"id":7,"function":{"name":"f"}}]}]}""", "messages[0].tool_calls[0].id")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"hi"}],"temperature":"warm"}""", "temperature")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"hi"}],"temperature":1e999}""", "temperature")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"hi"}],"max_tokens":1.5}""", "max_tokens")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"hi"}],"max_tokens":99999999999}""", "max_tokens")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"hi"}],"n":0}""", "n")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"hi"}],"n":129}""", "n")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"hi"}],"stream":"yes"}""", "stream")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"hi"}],"stop":["a","b","c","d","e","f"]}""", "stop")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"hi"}],"stop":[1]}""", "stop[0]")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"hi"}],"top_logprobs":21}""", "top_logprobs")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"hi"}],"stream_options":{"include_usage":1}}""", "stream_options.include_usage")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"hi"}],"response_format":{"type":"xml"}}""", "response_format.type")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"hi"}],"response_format":{"type":"json_schema","json_schema":{"schema":7}}}""", "response_format.json_schema.schema")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"hi"}],"tools":[{"type":"function","function":{"description":"x"}}]}""", "tools[0].function.name")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"hi"}],"tools":[{"type":"function","function":{"name":"f","parameters":{"default":1e999}}}]}""", "tools[0].function.parameters")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"hi"}],"tools":"all"}""", "tools")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"hi"}],"tool_choice":"sometimes"}""", "tool_choice")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"hi"}],"tool_choice":{"type":"function"}}""", "tool_choice")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"hi"}],"reasoning_effort":"huge"}""", "reasoning_effort")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"hi"}],"reasoning":{"effort":7}}""", "reasoning.effort")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"hi"}],"extra_body":{"google":7}}""", "extra_body.google")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"\ud83d"}]}""", "messages[0].content")]
    public void ReadChat_WrongField_IsNamed(string body, string param)
    {
        var error = Assert.Throws<TranslationException>(() => OpenAIRequestReader.ReadChat(Encoding.UTF8.GetBytes(body)));

        Assert.Equal(param, error.Param);
        Assert.StartsWith(param, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"hi"}]} more""")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"hi"},]}""")]
    public void ReadChat_NoJsonObject_IsRefusedWithoutField(string body) =>
        Assert.Null(Assert.Throws<TranslationException>(() => OpenAIRequestReader.ReadChat(Encoding.UTF8.GetBytes(body))).Param);

    [Fact]
    public void ReadChat_BytesThatAreNoUtf8_AreRefused()
    {
        byte[] body = [.. "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\""u8, 0xC3, 0x28, .. "\"}]}"u8];

        Assert.Contains("UTF-8", Assert.Throws<TranslationException>(() => OpenAIRequestReader.ReadChat(body)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadChat_NestedTooDeep_IsRefused()
    {
        var deep = string.Concat(Enumerable.Repeat("[", RequestLimits.JsonDepthMax)) + string.Concat(Enumerable.Repeat("]", RequestLimits.JsonDepthMax));

        Assert.Throws<TranslationException>(() => OpenAIRequestReader.ReadChat(Encoding.UTF8.GetBytes(Hi($"\"metadata\":{deep}"))));
    }

    [Fact]
    public void ReadChat_TooManyTools_IsRefused()
    {
        var tools = string.Join(',', Enumerable.Range(0, RequestLimits.ToolsMax + 1).Select(i => $$$"""{"type":"function","function":{"name":"f{{{i}}}"}}"""));

        Assert.Equal("tools", Fails(Hi($"\"tools\":[{tools}]")).Param);
    }

    [Fact]
    public void ReadChat_ByteOrderMark_IsPassedOver()
    {
        byte[] body = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Messages("""{"role":"user","content":"hi"}"""))];

        Assert.Equal("m", OpenAIRequestReader.ReadChat(body).Model);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("\"true\"", true)]
    [InlineData("\"false\"", false)]
    [InlineData("null", false)]
    public void ReadChat_StreamInAnySpelling_IsUnderstood(string spelling, bool stream) =>
        Assert.Equal(stream, OpenAIRequestReader.ReadChat(Encoding.UTF8.GetBytes(Hi($"\"stream\":{spelling}"))).Stream);

    [Fact]
    public void ReadChat_IncludeUsage_IsRead() =>
        Assert.True(OpenAIRequestReader.ReadChat(Encoding.UTF8.GetBytes(Hi("\"stream_options\":{\"include_usage\":true,\"include_obfuscation\":false}"))).StreamOptions!.IncludeUsage);

    [Fact]
    public void ReadChat_ParallelToolCallsOff_IsRead() =>
        Assert.False(OpenAIRequestReader.ReadChat(Encoding.UTF8.GetBytes(Hi("\"parallel_tool_calls\":false"))).ParallelToolCalls);

    [Fact]
    public void ReadChat_LegacyFunctions_AreMarked() =>
        Assert.True(OpenAIRequestReader.ReadChat(Encoding.UTF8.GetBytes(Hi("\"functions\":[{\"name\":\"f\"}]"))).UsesLegacyFunctions);

    [Fact]
    public void Translate_MembersNobodyKnows_AreLeftOut() =>
        Equal(
            """{"contents":[{"role":"user","parts":[{"text":"hi"}]}]}""",
            Body(Hi("""
                "user":"u","metadata":{"a":"b"},"store":true,"logit_bias":{"1":2},"prediction":{"type":"content","content":"x"},"verbosity":"low",
                "prompt_cache_key":"k","safety_identifier":"s","chat_template_kwargs":{"x":[1,{"y":null}]},"frobnicate":[[[{}]]]
                """)));
}
