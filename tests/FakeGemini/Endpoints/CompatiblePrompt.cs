using System.Text.Json;

namespace GeminiBalance.FakeGemini;

/// <summary>Reads a chat request of the OpenAI-compatible endpoint.</summary>
internal static class CompatiblePrompt
{
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "model", "messages", "stream", "stream_options", "temperature", "top_p", "max_tokens", "max_completion_tokens", "n", "stop", "tools", "tool_choice",
        "response_format", "reasoning_effort", "extra_body", "seed", "presence_penalty", "user", "metadata", "logprobs", "top_logprobs", "parallel_tool_calls",
        "service_tier", "modalities", "audio", "store", "web_search_options",
    };

    /// <summary>The model a body names, without its prefix; empty when it names none.</summary>
    public static string ModelOf(byte[] body)
    {
        try
        {
            using var request = WellFormedJson.Parse(body);
            var model = request.RootElement.Text("model") ?? "";
            return model.StartsWith("models/", StringComparison.Ordinal) ? model["models/".Length..] : model;
        }
        catch (JsonException)
        {
            // The body is refused further on, in the words of the real API.
            return "";
        }
    }

    public static FakeError? Check(JsonElement request)
    {
        var unknown = request.ValueKind == JsonValueKind.Object ? request.EnumerateObject().Select(member => member.Name).Where(name => !Known.Contains(name)).ToArray() : [""];
        if (unknown.Length > 0)
        {
            var found = unknown.Select(name => ("", $"Invalid JSON payload received. Unknown name \"{name}\": Cannot find field.")).ToArray();
            return FakeError.Invalid(string.Join('\n', found.Select(one => one.Item2)), writer => ErrorDetails.BadRequest(writer, found));
        }

        return request.Items("messages").Any() ? null : FakeError.Invalid("* GenerateContentRequest.contents: contents is not specified\n");
    }

    public static PromptView Read(JsonElement request)
    {
        var messages = request.Items("messages").ToArray();
        var lastUser = Array.FindLastIndex(messages, message => message.Text("role") == "user");
        var after = messages.Skip(lastUser + 1).ToArray();
        var names = after.SelectMany(message => message.Items("tool_calls")).ToLookup(call => call.Text("id") ?? "", call => call.Member("function").Text("name") ?? "");
        var format = request.Member("response_format");
        var thinking = request.Member("extra_body").Member("google").Member("thinking_config");
        return new PromptView
        {
            Asked = new Directives(lastUser < 0 ? "" : TextOf(messages[lastUser])),
            Functions = [.. request.Items("tools").Select(tool => new DeclaredFunction(tool.Member("function").Text("name") ?? "", tool.Member("function").Member("parameters")))],
            MustCall = request.Text("tool_choice") == "required" || request.Member("tool_choice").ValueKind == JsonValueKind.Object,
            MayNotCall = request.Text("tool_choice") == "none",
            CallTurns = after.Count(message => message.Items("tool_calls").Any()),
            Results = [.. after.Where(message => message.Text("role") == "tool").Select(message => (names[message.Text("tool_call_id") ?? ""].FirstOrDefault("tool"), TextOf(message)))],
            WantsJson = format.Text("type") is "json_object" or "json_schema",
            Schema = format.Member("json_schema").Member("schema"),
            Candidates = (int)Math.Clamp(request.Whole("n") ?? 1, 1, 8),
            OutputTokensMax = request.Whole("max_completion_tokens") ?? request.Whole("max_tokens") ?? 0,
            Stops = request.Text("stop") is { } stop ? [stop] : [.. request.Texts("stop")],
            IncludeThoughts = thinking.IsTrue("include_thoughts"),
            SystemText = string.Concat(messages.Where(message => message.Text("role") is "system" or "developer").Select(TextOf)),
            PromptTokens = messages.Sum(message => (long)TokenCounter.Count(TextOf(message))) + request.Items("tools").Sum(tool => (long)TokenCounter.OfLength(tool.GetRawText().Length)),
        };
    }

    private static string TextOf(JsonElement message) =>
        message.Text("content") ?? string.Concat(message.Items("content").Select(part => part.Text("text")));
}
