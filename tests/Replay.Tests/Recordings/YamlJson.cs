using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace GeminiBalance.Replay.Tests.Recordings;

/// <summary>JSON that a cassette keeps as YAML.</summary>
internal static class YamlJson
{
    public static JsonNode? Of(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(item => KeyValuePair.Create(item.Key.ToString(), Of(item.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Select(Of)]),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "null" or "~" or "" } => null,
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" or "false" or ['-' or (>= '0' and <= '9'), ..] } scalar => Plain(scalar.Value),
        _ => JsonValue.Create(((YamlScalarNode)node).Value),
    };

    // A plain scalar that is no JSON literal (1.2.3, 2025-01-01) is text.
    private static JsonNode? Plain(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }
}
