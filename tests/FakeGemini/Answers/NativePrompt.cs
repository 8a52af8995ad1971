using System.Text.Json;

namespace GeminiBalance.FakeGemini;

/// <summary>Reads a GenerateContentRequest.</summary>
internal static class NativePrompt
{
    public static PromptView Read(JsonElement request)
    {
        var contents = request.Items("contents").ToArray();
        var config = request.Member("generationConfig");
        var calling = request.Member("toolConfig").Member("functionCallingConfig");
        var mode = calling.Text("mode");
        var allowed = calling.Texts("allowedFunctionNames").ToHashSet(StringComparer.Ordinal);
        var lastText = LastQuestion(contents);
        var (asked, said) = CutPrompt.Find(contents, lastText);
        var mimeType = config.Text("responseMimeType");
        return new PromptView
        {
            Asked = new Directives(asked < 0 ? "" : TextOf(contents[asked])),
            Said = said,
            Functions = [.. Declared(request).Where(function => allowed.Count == 0 || allowed.Contains(function.Name))],
            MustCall = mode == "ANY",
            MayNotCall = mode == "NONE",
            CallTurns = contents.Skip(lastText + 1).Count(content => content.Items("parts").Any(part => part.Has("functionCall"))),
            Results = [.. contents.Skip(lastText + 1).LastOrDefault(HasResults) is { ValueKind: JsonValueKind.Object } results ? Results(results) : []],
            WantsJson = mimeType == "application/json",
            WantsEnum = mimeType == "text/x.enum",
            Schema = config.Has("responseJsonSchema") ? config.Member("responseJsonSchema") : config.Member("responseSchema"),
            Candidates = (int)Math.Clamp(config.Whole("candidateCount") ?? 1, 1, 8),
            OutputTokensMax = config.Whole("maxOutputTokens") ?? 0,
            Stops = [.. config.Texts("stopSequences")],
            IncludeThoughts = config.Member("thinkingConfig").IsTrue("includeThoughts"),
            WantsLogProbs = config.IsTrue("responseLogprobs"),
            TopLogProbs = (int)Math.Clamp(config.Whole("logprobs") ?? 1, 1, 20),
            WantsImage = Modality(config, "IMAGE"),
            WantsOnlyImage = Modality(config, "IMAGE") && !Modality(config, "TEXT"),
            WantsSpeech = Modality(config, "AUDIO"),
            HasSearch = request.Items("tools").Any(tool => tool.Has("googleSearch")),
            HasCache = request.Has("cachedContent"),
            Heard = Recordings.Heard(contents),
            SystemText = TextOf(request.Member("systemInstruction")),
            PromptTokens = PromptTokens.Of(request),
        };
    }

    /// <summary>The texts of a content, thoughts left out, joined.</summary>
    public static string TextOf(JsonElement content)
    {
        string? only = null;
        foreach (var part in content.Items("parts"))
        {
            if (!part.IsTrue("thought") && part.Text("text") is { } text)
            {
                only = only is null ? text : only + text;
            }
        }

        return only ?? "";
    }

    private static IEnumerable<DeclaredFunction> Declared(JsonElement request) =>
        from tool in request.Items("tools")
        from function in tool.Items("functionDeclarations")
        select new DeclaredFunction(function.Text("name") ?? "", function.Has("parametersJsonSchema") ? function.Member("parametersJsonSchema") : function.Member("parameters"));

    private static int LastQuestion(JsonElement[] contents)
    {
        var last = Array.FindLastIndex(contents, content => content.Text("role") != "model" && TextOf(content).Length > 0);

        // Agents put reminders beside and behind the results of their tools: no new question, as long as calls were asked for.
        var asked = last;
        while (asked >= 0 && (contents[asked].Text("role") == "model" || TextOf(contents[asked]).Length == 0 || HasResults(contents[asked]) || (asked > 0 && HasResults(contents[asked - 1]))))
        {
            asked--;
        }

        return asked >= 0 && TextOf(contents[asked]).Contains("[[call ", StringComparison.Ordinal) ? asked : last;
    }

    private static bool HasResults(JsonElement content) => content.Items("parts").Any(part => part.Has("functionResponse"));

    private static IEnumerable<(string Name, string Json)> Results(JsonElement content) =>
        from part in content.Items("parts")
        let response = part.Member("functionResponse")
        where response.ValueKind == JsonValueKind.Object
        select (response.Text("name") ?? "", response.Has("response") ? response.Member("response").GetRawText() : "{}");

    private static bool Modality(JsonElement config, string name) =>
        config.Texts("responseModalities").Any(modality => string.Equals(modality, name, StringComparison.OrdinalIgnoreCase));
}
