using System.Text.Json;

namespace GeminiBalance.FakeGemini;

/// <summary>What a well-formed GenerateContentRequest is still refused for, by model.</summary>
internal static class RequestRules
{
    private const int NameCharsMax = 64;
    private const int StopsMax = 5;

    public static FakeError? Check(JsonElement request, FakeModel model, bool isStream) =>
        CheckMethod(model)
        ?? CheckContents(request, model)
        ?? CheckConfig(request.Member("generationConfig"), model, isStream)
        ?? CheckTools(request, model)
        ?? TurnRules.Check([.. request.Items("contents")], model);

    private static FakeError? CheckMethod(FakeModel model) =>
        model.Kind is ModelKind.Embedding or ModelKind.Imagen ? FakeErrors.ModelNotFound(model.Name, "generateContent") : null;

    private static FakeError? CheckContents(JsonElement request, FakeModel model)
    {
        var contents = request.Items("contents").ToArray();
        if (contents.Length == 0)
        {
            return FakeError.Invalid("* GenerateContentRequest.contents: contents is not specified\n");
        }

        for (var index = 0; index < contents.Length; index++)
        {
            if (contents[index].Text("role") is not (null or "" or "user" or "model" or "function"))
            {
                return FakeError.Invalid("Please use a valid role: user, model.");
            }

            var parts = contents[index].Items("parts").ToArray();
            if (parts.Length == 0)
            {
                return FakeError.Invalid($"* GenerateContentRequest.contents[{index}].parts: contents.parts must not be empty.\n");
            }

            if (Array.FindIndex(parts, part => !HasData(part)) is var empty and >= 0)
            {
                return FakeError.Invalid($"* GenerateContentRequest.contents[{index}].parts[{empty}].data: required oneof field 'data' must have one initialized field\n");
            }
        }

        if (request.Has("systemInstruction") && !request.Member("systemInstruction").Items("parts").Any())
        {
            return FakeError.Invalid("* GenerateContentRequest.system_instruction.parts: contents.parts must not be empty.\n");
        }

        return contents[^1].Text("role") == "model" && !model.TakesPrefill
            ? FakeError.Invalid("Requests ending with a model turn are not supported for this model. Please ensure that the last turn is a user turn.")
            : null;
    }

    private static bool HasData(JsonElement part) => part.ValueKind == JsonValueKind.Object && part.EnumerateObject().Any(member => JsonMembers.Snake(member.Name) is
        "text" or "inline_data" or "file_data" or "function_call" or "function_response" or "executable_code" or "code_execution_result" or "tool_call" or "tool_response");

    private static FakeError? CheckConfig(JsonElement config, FakeModel model, bool isStream)
    {
        if (!model.TakesPenalties && model.Generation > 0 && (IsNonZero(config, "presencePenalty") || IsNonZero(config, "frequencyPenalty")))
        {
            return FakeError.Invalid($"Penalty is not enabled for models/{model.Name}");
        }

        if (config.Whole("candidateCount") is { } count && (count is < 1 or > 8 || (isStream && count > 1)))
        {
            return FakeError.Invalid(count is < 1 or > 8 ? "* GenerateContentRequest.generation_config.candidate_count: candidate_count must be in the range [1, 8]\n" : "Multiple candidates is not enabled for this model");
        }

        if (config.Items("stopSequences").Count() > StopsMax)
        {
            return FakeError.Invalid($"* GenerateContentRequest.generation_config.stop_sequences: the number of stop sequences must not exceed {StopsMax}\n");
        }

        if (config.Has("responseSchema") && config.Has("responseJsonSchema"))
        {
            return FakeError.Invalid("Only one of response_schema and response_json_schema can be set.");
        }

        if ((config.Has("responseSchema") || config.Has("responseJsonSchema")) && config.Text("responseMimeType") is not ("application/json" or "text/x.enum"))
        {
            return FakeError.Invalid("* GenerateContentRequest.generation_config.response_schema: only allowed when response_mime_type is 'application/json' or 'text/x.enum'\n");
        }

        if (model.Kind == ModelKind.Text && config.Texts("responseModalities").Any(one => !string.Equals(one, "TEXT", StringComparison.OrdinalIgnoreCase)))
        {
            return FakeError.Invalid("This model only supports text output.");
        }

        return SpeechRules.Check(config, model) ?? PictureRules.Check(config, model) ?? CheckThinking(config.Member("thinkingConfig"), model);
    }

    private static FakeError? CheckThinking(JsonElement thinking, FakeModel model)
    {
        if (thinking.Text("thinkingLevel") is not { } level)
        {
            return thinking.Whole("thinkingBudget") == 0 && model is { IsPro: true, Generation: 2.5m }
                ? FakeError.Invalid("Budget 0 is invalid. This model only works in thinking mode.")
                : null;
        }

        if (thinking.Has("thinkingBudget"))
        {
            return FakeError.Invalid("You can only set one of thinking_budget and thinking_level.");
        }

        if (!model.TakesThinkingLevel)
        {
            return FakeError.Invalid("Thinking level is not supported for this model.");
        }

        return string.Equals(level, "MINIMAL", StringComparison.OrdinalIgnoreCase) && !model.TakesMinimalThinking
            ? FakeError.Invalid("Thinking level MINIMAL is not supported for this model. Please retry with other thinking level.")
            : null;
    }

    private static FakeError? CheckTools(JsonElement request, FakeModel model)
    {
        var tools = request.Items("tools").ToArray();
        var functions = tools.SelectMany(tool => tool.Items("functionDeclarations")).ToArray();
        if (functions.Length == 0)
        {
            return request.Member("toolConfig").Member("functionCallingConfig").Text("mode") == "ANY"
                ? FakeError.Invalid("Function calling config is set without function_declarations.")
                : null;
        }

        if (!model.TakesFunctionsWithJson && request.Member("generationConfig").Text("responseMimeType") == "application/json")
        {
            return FakeError.Invalid("Function calling with a response mime type: 'application/json' is unsupported");
        }

        if (!model.TakesBuiltInToolsWithFunctions && tools.Any(tool => tool.Has("googleSearch") || tool.Has("codeExecution") || tool.Has("urlContext")))
        {
            return FakeError.Invalid("Tool use with function calling is unsupported");
        }

        var index = Array.FindIndex(functions, function => !IsName(function.Text("name") ?? ""));
        if (index >= 0)
        {
            return FakeError.Invalid($"* GenerateContentRequest.tools[0].function_declarations[{index}].name: [FIELD_INVALID] Invalid function name. Must start with a letter or an underscore. Must be alphanumeric (a-z, A-Z, 0-9), underscores (_), dots (.), colons (:), or dashes (-), with a maximum length of {NameCharsMax}.\n");
        }

        var doubled = functions.GroupBy(function => function.Text("name")).FirstOrDefault(group => group.Count() > 1);
        return doubled is null ? null : FakeError.Invalid($"Duplicate function declaration found: {doubled.Key}");
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= NameCharsMax && (char.IsAsciiLetter(name[0]) || name[0] == '_') && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or ':' or '-');

    private static bool IsNonZero(JsonElement config, string name) => config.Member(name) is { ValueKind: JsonValueKind.Number } value && value.GetDouble() != 0;
}
