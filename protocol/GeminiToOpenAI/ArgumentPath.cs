using System.Globalization;
using System.Text.Json.Nodes;

namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>The simple JSON paths of streamed arguments: names and positions.</summary>
internal static class ArgumentPath
{
    private const int StepsMax = 64;

    /// <param name="steps">Names as text, positions as numbers.</param>
    public static bool TryParse(string path, out List<object> steps)
    {
        steps = [];
        var rest = path.AsSpan();
        rest = rest.StartsWith("$", StringComparison.Ordinal) ? rest[1..] : rest;
        while (!rest.IsEmpty && steps.Count < StepsMax)
        {
            rest = rest[0] == '.' ? rest[1..] : rest;
            var end = rest.StartsWith("[", StringComparison.Ordinal) ? rest.IndexOf(']') + 1 : rest.IndexOfAny('.', '[');
            end = end < 0 ? rest.Length : end;
            if (end == 0)
            {
                return false;
            }

            steps.Add(Step(rest[..end]));
            rest = rest[end..];
        }

        return rest.IsEmpty && steps is [string, ..];
    }

    /// <summary>Puts a value at a path, making objects and arrays on the way; a text is added to the text there.</summary>
    public static void Put(JsonNode root, List<object> steps, JsonValue? value)
    {
        var node = root;
        for (var i = 0; i < steps.Count - 1; i++)
        {
            var next = Get(node, steps[i]);
            if (next is not (JsonObject or JsonArray))
            {
                next = steps[i + 1] is int ? new JsonArray() : new JsonObject();
                Set(node, steps[i], next);
            }

            node = next;
        }

        var known = Get(node, steps[^1]);
        Set(node, steps[^1], known is JsonValue before && before.TryGetValue<string>(out var head) && value is not null && value.TryGetValue<string>(out var tail)
            ? JsonValue.Create(head + tail)
            : value);
    }

    private static object Step(ReadOnlySpan<char> step)
    {
        if (step[0] != '[')
        {
            return step.ToString();
        }

        var inside = step[1..^1];
        return int.TryParse(inside, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : inside.Trim("'\"").ToString();
    }

    private static JsonNode? Get(JsonNode node, object step) => (node, step) switch
    {
        (JsonObject map, string name) => map[name],
        (JsonArray list, int position) when position < list.Count => list[position],
        _ => null,
    };

    // A position beyond the end is the next one: a far one must not cost memory.
    private static void Set(JsonNode node, object step, JsonNode? value)
    {
        switch (node, step)
        {
            case (JsonObject map, string name):
                map[name] = value;
                break;
            case (JsonArray list, int position) when position < list.Count:
                list[position] = value;
                break;
            case (JsonArray list, int):
                list.Add(value);
                break;
        }
    }
}
