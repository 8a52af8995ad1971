using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.ResponsesApi;

/// <summary>The fields of an item to what they mean.</summary>
internal static class InputItemBuilder
{
    public const string AdditionalTools = "additional_tools";

    public static InputItem Build(InputItemFields fields, RawJson json, long start)
    {
        var type = fields.Type ?? (fields.Role is null && fields.Id is not null ? "item_reference" : "message");
        switch (type)
        {
            case "message":
                return new InputItem
                {
                    Kind = InputItemKind.Message, Json = json, Id = fields.Id, HasId = fields.HasId, HasType = fields.HasType, Type = type,
                    Role = RoleOf(fields, start), Content = fields.Content, Signature = fields.Signature,
                };
            case "function_call" or "custom_tool_call":
                return Call(fields, json, type, start);
            case "function_call_output" or "custom_tool_call_output":
                return Result(fields, json, type, start);
            case "reasoning":
                return Other(InputItemKind.Reasoning, fields, json, type, ReasoningSignature.Read(fields.EncryptedContent) ?? fields.Signature);
            case "item_reference":
                return fields.Id is { Length: > 0 }
                    ? Other(InputItemKind.Reference, fields, json, type, null)
                    : throw new WireFormatException("is required.", "id", start);
            case "code_interpreter_call":
                return Model(fields, json, type, new TextPart(CodeText.Of(fields.Code, fields.Logs)));
            case "image_generation_call" when fields.Result is { Length: > 0 } picture:
                return Model(fields, json, type, new ImagePart(picture.StartsWith("data:", StringComparison.Ordinal) ? picture : $"data:image/png;base64,{picture}", null));
            case "image_generation_call" or "web_search_call" or "file_search_call" or "mcp_list_tools":
                return Other(InputItemKind.Silent, fields, json, type, null);
            case AdditionalTools:
                return new InputItem
                {
                    Kind = InputItemKind.Silent, Json = json, Id = fields.Id, HasId = fields.HasId, HasType = fields.HasType, Type = type, Tools = fields.Tools ?? [],
                };
            default:
                throw new WireFormatException(
                    $"'{type}' is not available; use message, function_call, function_call_output, custom_tool_call, custom_tool_call_output, reasoning or item_reference.",
                    "type",
                    start);
        }
    }

    private static ChatRole RoleOf(InputItemFields fields, long start) => fields.Role switch
    {
        null => throw new WireFormatException("is required.", "role", start),
        ChatRole.Tool or ChatRole.Function => throw new WireFormatException("must be user, assistant, system or developer; results are function_call_output items.", "role", start),
        { } role => role,
    };

    private static InputItem Call(InputItemFields fields, RawJson json, string type, long start)
    {
        if (string.IsNullOrWhiteSpace(fields.Name) || fields.Name.Length > RequestLimits.ToolNameCharsMax)
        {
            WireReader.Fail($"must be a name of 1 to {RequestLimits.ToolNameCharsMax} characters.", "name", start);
        }

        var callId = fields.CallId ?? throw new WireFormatException("is required.", "call_id", start);
        return new InputItem
        {
            Kind = InputItemKind.Call, Json = json, Id = fields.Id, HasId = fields.HasId, HasType = fields.HasType, Type = type, CallId = callId,
            Call = new ToolCall(callId, ChatToolGroups.FullName(fields.Namespace, fields.Name), fields.Arguments ?? "", type is "custom_tool_call", null), Signature = fields.Signature,
        };
    }

    private static InputItem Result(InputItemFields fields, RawJson json, string type, long start) => new()
    {
        Kind = InputItemKind.Result, Json = json, Id = fields.Id, HasId = fields.HasId, HasType = fields.HasType, Type = type,
        CallId = fields.CallId ?? throw new WireFormatException("is required.", "call_id", start), Content = fields.Output,
    };

    private static InputItem Model(InputItemFields fields, RawJson json, string type, ContentPart part) => new()
    {
        Kind = InputItemKind.Message, Json = json, Id = fields.Id, HasId = fields.HasId, HasType = fields.HasType, Type = type,
        Content = part is TextPart ? new MessageContent(null, [part]) : default, Images = part is ImagePart ? [part] : [], Signature = fields.Signature,
    };

    private static InputItem Other(InputItemKind kind, InputItemFields fields, RawJson json, string type, string? signature) => new()
    {
        Kind = kind, Json = json, Id = fields.Id, HasId = fields.HasId, HasType = fields.HasType, Type = type, Signature = signature,
    };
}
