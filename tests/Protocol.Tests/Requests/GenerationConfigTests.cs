using GeminiBalance.Protocol.Gemini;
using static GeminiBalance.Protocol.Tests.Requests.Canonical;

namespace GeminiBalance.Protocol.Tests.Requests;

/// <summary>Members that say how to answer, one row of the mapping each.</summary>
public sealed class GenerationConfigTests
{
    [Theory]
    [InlineData("\"max_tokens\":100", """{"maxOutputTokens":100}""")]
    [InlineData("\"max_completion_tokens\":200,\"max_tokens\":100", """{"maxOutputTokens":200}""")]
    [InlineData("\"max_tokens\":100.0", """{"maxOutputTokens":100}""")]
    [InlineData("\"max_tokens\":0", null)]
    [InlineData("\"max_tokens\":-1", null)]
    [InlineData("\"max_tokens\":null", null)]
    [InlineData("\"temperature\":0.5", """{"temperature":0.5}""")]
    [InlineData("\"temperature\":3", """{"temperature":2}""")]
    [InlineData("\"top_p\":0.9,\"top_k\":40", """{"topP":0.9,"topK":40}""")]
    [InlineData("\"n\":3", """{"candidateCount":3}""")]
    [InlineData("\"n\":1", null)]
    [InlineData("\"stop\":\"END\"", """{"stopSequences":["END"]}""")]
    [InlineData("\"stop\":[\"a\",\"\",\"b\"]", """{"stopSequences":["a","b"]}""")]
    [InlineData("\"stop\":[]", null)]
    [InlineData("\"stop\":null", null)]
    [InlineData("\"seed\":42", """{"seed":42}""")]
    [InlineData("\"seed\":2147483648", """{"seed":1}""")]
    [InlineData("\"seed\":18446744073709551615", """{"seed":4}""")]
    [InlineData("\"presence_penalty\":0,\"frequency_penalty\":0", null)]
    [InlineData("\"presence_penalty\":0.5,\"frequency_penalty\":0.5", null)]
    [InlineData("\"logprobs\":true,\"top_logprobs\":2", """{"responseLogprobs":true,"logprobs":2}""")]
    [InlineData("\"logprobs\":true", """{"responseLogprobs":true}""")]
    [InlineData("\"logprobs\":false,\"top_logprobs\":2", null)]
    [InlineData("\"response_format\":{\"type\":\"text\"}", null)]
    [InlineData("\"response_format\":{\"type\":\"json_object\"}", """{"responseMimeType":"application/json"}""")]
    [InlineData("\"response_format\":{\"type\":\"json_object\",\"schema\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}}}",
        """{"responseMimeType":"application/json","responseJsonSchema":{"type":"array","items":{"type":"string"}}}""")]
    [InlineData("\"modalities\":[\"text\"]", null)]
    [InlineData("\"modalities\":[\"text\",\"image\"],\"image_config\":{\"aspect_ratio\":\"16:9\",\"image_size\":\"2K\"}",
        """{"responseModalities":["TEXT","IMAGE"],"imageConfig":{"aspectRatio":"16:9","imageSize":"2K"}}""")]
    [InlineData("\"modalities\":[\"text\",\"audio\"],\"audio\":{\"voice\":\"alloy\",\"format\":\"wav\"}",
        """{"responseModalities":["TEXT","AUDIO"],"speechConfig":{"voiceConfig":{"prebuiltVoiceConfig":{"voiceName":"Kore"}}}}""")]
    [InlineData("\"modalities\":[\"audio\"],\"audio\":{\"voice\":{\"id\":\"zubenelgenubi\"}}",
        """{"responseModalities":["AUDIO"],"speechConfig":{"voiceConfig":{"prebuiltVoiceConfig":{"voiceName":"Zubenelgenubi"}}}}""")]
    public void Translate_Member_BecomesConfig(string members, string? config) =>
        Equal(config ?? "null", Body(Hi(members))["generationConfig"]);

    [Theory]
    [InlineData("gemini-2.0-flash", """{"presencePenalty":0.5,"frequencyPenalty":-1}""")]
    [InlineData("gemini-2.5-pro", null)]
    [InlineData("gemini-3-flash-preview", null)]
    [InlineData("gemini-3.8-flash", null)]
    [InlineData("gemma-4-31b-it", null)]
    public void Translate_Penalties_OnlyForModelsThatTakeThem(string model, string? config) =>
        Equal(config ?? "null", Body(Hi("\"presence_penalty\":0.5,\"frequency_penalty\":-1"), model)["generationConfig"]);

    [Theory]
    [InlineData("gemini-2.5-flash", true)]
    [InlineData("gemini-3.5-flash", true)]
    [InlineData("gemini-3.1-flash-lite", true)]
    [InlineData("gemini-3.1-pro-preview", true)]
    [InlineData("gemini-pro-latest", true)]
    [InlineData("gemma-4-31b-it", true)]
    [InlineData("gemini-3.5-flash-lite", false)]
    [InlineData("gemini-3.6-flash", false)]
    [InlineData("gemini-3.8-flash", false)]
    [InlineData("gemini-flash-latest", false)]
    [InlineData("gemini-4-pro", false)]
    public void Translate_Sampling_OnlyForModelsThatTakeIt(string model, bool taken) =>
        Equal(taken ? """{"temperature":1,"topP":0.5,"topK":3}""" : "null", Body(Hi("\"temperature\":1,\"top_p\":0.5,\"top_k\":3"), model)["generationConfig"]);

    [Fact]
    public void Translate_SpeechModel38_GetsNoSampling() =>
        Equal("""{"responseModalities":["AUDIO"]}""", Body(Hi("\"temperature\":1"), "gemini-3.8-flash-tts")["generationConfig"]);

    [Fact]
    public void Translate_ImageModel_AsksForPicturesWithoutBeingAsked() =>
        Equal("""{"responseModalities":["TEXT","IMAGE"]}""", Body(Hi("\"reasoning_effort\":\"high\""), "gemini-2.5-flash-image")["generationConfig"]);

    [Theory]
    [InlineData("\"n\":3", 1, 3)]
    [InlineData("\"n\":3,\"stream\":true", 3, null)]
    [InlineData("\"n\":9", 9, null)]
    [InlineData("\"stream\":true", 1, null)]
    public void Translate_Choices_AreCandidatesOrCalls(string members, int calls, int? candidates)
    {
        var chat = Translate(Hi(members));

        Assert.Equal(calls, chat.Calls);
        Assert.Equal(candidates, chat.Request.GenerationConfig?.CandidateCount);
    }

    [Fact]
    public void Translate_OneChoicePerCall_FansOut()
    {
        var chat = Translate(Hi("\"n\":3"), options: options => options with { OneChoicePerCall = true });

        Assert.Equal(3, chat.Calls);
        Assert.Null(chat.Request.GenerationConfig);
    }

    [Fact]
    public void Translate_LogprobsOmitted_AreNotAskedFor() =>
        Equal("null", Body(Hi("\"logprobs\":true,\"top_logprobs\":2"), options: options => options with { OmitLogprobs = true })["generationConfig"]);

    [Theory]
    [InlineData("flex", "flex")]
    [InlineData("priority", "priority")]
    [InlineData("fast", "priority")]
    [InlineData("auto", null)]
    [InlineData("default", null)]
    public void Translate_ServiceTier_AutoCostsNothing(string tier, string? expected) =>
        Assert.Equal(expected, (string?)Body(Hi($"\"service_tier\":\"{tier}\""))["serviceTier"]);

    [Fact]
    public void Translate_JsonSchema_TravelsAsItIsToNewModels()
    {
        const string Format = """
            "response_format":{"type":"json_schema","json_schema":{"name":"x","strict":true,"schema":
            {"type":"object","properties":{"a":{"$ref":"#/$defs/A"},"b":{"anyOf":[{"type":"string"},{"type":"null"}],"default":null}},"required":["a"],"$defs":{"A":{"type":"object","properties":{"c":{"type":"integer"}}}}}}}
            """;
        Equal(
            """
            {"responseMimeType":"application/json","responseJsonSchema":
            {"type":"object","properties":{"a":{"$ref":"#/$defs/A"},"b":{"anyOf":[{"type":"string"},{"type":"null"}],"default":null}},"required":["a"],"$defs":{"A":{"type":"object","properties":{"c":{"type":"integer"}}}}}}
            """,
            Body(Hi(Format))["generationConfig"]);
    }

    [Fact]
    public void Translate_JsonSchema_IsCleanedForOldModels() =>
        Equal(
            """{"responseMimeType":"application/json","responseSchema":{"type":"object","properties":{"a":{"type":"string","nullable":true}}}}""",
            Body(
                Hi("\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"schema\":{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{\"a\":{\"type\":[\"string\",\"null\"]}}}}}"),
                "gemini-2.0-flash")["generationConfig"]);

    [Fact]
    public void Translate_PlainSchemasAsked_CleansForNewModelsToo() =>
        Assert.NotNull(Body(
            Hi("\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"schema\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}}}}"),
            options: options => options with { PlainSchemas = true })["generationConfig"]!["responseSchema"]);

    [Fact]
    public void Translate_SafetySettings_AreDefaults() =>
        Equal(
            """[{"category":"HARM_CATEGORY_HARASSMENT","threshold":"OFF"}]""",
            Body(Hi("\"n\":1"), options: options => options with { SafetySettings = [new GeminiSafetySetting("HARM_CATEGORY_HARASSMENT", "OFF")] })["safetySettings"]);
}
