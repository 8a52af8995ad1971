using System.Text.Json;

namespace GeminiBalance.FakeGemini;

/// <summary>How function calls and their responses must follow each other, and which must carry signatures.</summary>
internal static class TurnRules
{
    public static FakeError? Check(JsonElement[] contents, FakeModel model)
    {
        for (var index = 0; index < contents.Length; index++)
        {
            var error = CheckCalls(contents, index, model) ?? CheckOrphans(contents, index);
            if (error is not null)
            {
                return error;
            }
        }

        return model.NeedsSignatures ? CheckSignatures(contents) : null;
    }

    private static JsonElement[] Calls(JsonElement content) => [.. content.Items("parts").Select(part => part.Member("functionCall")).Where(call => call.ValueKind == JsonValueKind.Object)];

    private static JsonElement[] Responses(JsonElement content) => [.. content.Items("parts").Select(part => part.Member("functionResponse")).Where(call => call.ValueKind == JsonValueKind.Object)];

    private static FakeError? CheckCalls(JsonElement[] contents, int index, FakeModel model)
    {
        var calls = Calls(contents[index]);
        if (calls.Length == 0)
        {
            return null;
        }

        if (index == 0 || contents[index - 1].Text("role") == "model")
        {
            return FakeError.Invalid("Please ensure that function call turn comes immediately after a user turn or after a function response turn.");
        }

        var responses = index + 1 < contents.Length ? Responses(contents[index + 1]) : [];
        if (responses.Length != calls.Length)
        {
            return FakeError.Invalid("Please ensure that the number of function response parts is equal to the number of function call parts of the function call turn.");
        }

        var nameless = Array.FindIndex(responses, response => string.IsNullOrEmpty(response.Text("name")));
        if (nameless >= 0)
        {
            return FakeError.Invalid($"* GenerateContentRequest.contents[{index + 1}].parts[{nameless}].function_response.name: Name cannot be empty.\n");
        }

        return model.NeedsCallIds && !SameCalls(calls, responses)
            ? FakeError.Invalid("Please ensure that each function response has the id and the name of a function call of the preceding turn.")
            : null;
    }

    private static bool SameCalls(JsonElement[] calls, JsonElement[] responses) =>
        calls.Select(Identity).Order(StringComparer.Ordinal).SequenceEqual(responses.Select(Identity).Order(StringComparer.Ordinal));

    private static string Identity(JsonElement call) => $"{call.Text("id")} {call.Text("name")}";

    private static FakeError? CheckOrphans(JsonElement[] contents, int index) =>
        Responses(contents[index]).Length > 0 && (index == 0 || Calls(contents[index - 1]).Length == 0)
            ? FakeError.Invalid("Please ensure that function response turn comes immediately after a function call turn.")
            : null;

    // The current turn begins with the last content of the user's own; earlier calls may have lost their signatures.
    private static FakeError? CheckSignatures(JsonElement[] contents)
    {
        var start = Array.FindLastIndex(contents, content => content.Text("role") != "model" && Responses(content).Length == 0);
        for (var index = Math.Max(0, start); index < contents.Length; index++)
        {
            var parts = contents[index].Items("parts").ToArray();
            if (Array.Find(parts, part => part.Has("functionCall")) is { ValueKind: JsonValueKind.Object } first && !first.Has("thoughtSignature"))
            {
                return FakeError.Invalid($"Function call is missing a thought_signature in functionCall parts. This is required for tools to work correctly, and missing thought_signature may lead to degraded model performance. Additional data, function call `default_api:{first.Member("functionCall").Text("name")}` , position {index + 1}. Please refer to https://ai.google.dev/gemini-api/docs/thought-signatures for more details.");
            }

            if (parts.Any(part => part.Text("thoughtSignature") is { } text && !AnswerIds.Fits(Base64Text.TryDecode(text) ?? [], part.Member("functionCall").Text("name") ?? "")))
            {
                return FakeError.Invalid("Corrupted thought signature.");
            }
        }

        return null;
    }
}
