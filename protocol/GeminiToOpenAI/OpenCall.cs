using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>A call whose arguments come piece by piece (seen on Vertex, 2025-10). Clients get it when it is whole: half arguments are no JSON.</summary>
internal sealed class OpenCall(ResponsePart first)
{
    private readonly JsonObject arguments = [];

    public static bool IsNeeded(ResponseFunctionCall call) => call.WillContinue is true || call.PartialArgs is not null;

    public void Add(ResponseFunctionCall call)
    {
        foreach (var piece in call.PartialArgs ?? [])
        {
            if (piece?.JsonPath is { } path && ArgumentPath.TryParse(path, out var steps))
            {
                ArgumentPath.Put(arguments, steps, ValueOf(piece));
            }
        }
    }

    /// <returns>The first part with all the arguments.</returns>
    public ResponsePart Close()
    {
        if (arguments.Count > 0)
        {
            var json = new ArrayBufferWriter<byte>();
            using (var writer = new Utf8JsonWriter(json, ChatJson.Options))
            {
                arguments.WriteTo(writer);
            }

            var reader = new Utf8JsonReader(json.WrittenSpan);
            first.FunctionCall!.Args = JsonElement.ParseValue(ref reader);
        }

        return first;
    }

    private static JsonValue? ValueOf(PartialArg piece) =>
        piece.StringValue is { } text ? JsonValue.Create(text)
        : piece.BoolValue is { } flag ? JsonValue.Create(flag)
        : piece.NumberValue.ValueKind == JsonValueKind.Number ? JsonValue.Create(piece.NumberValue)
        : null;
}
