using System.Text;
using System.Text.Json.Nodes;

namespace GeminiBalance.Conformance.Tests.BadInput;

/// <summary>Puts odd values anywhere into valid JSON. The same random numbers give the same text.</summary>
internal static class JsonMutation
{
    private const int ShallowLevels = 40;
    private const int LongChars = 300_000;

    /// <summary>Raw JSON, since several of these cannot be held by a value: half a surrogate pair, numbers beyond every type.</summary>
    private static readonly string[] Odd =
    [
        "null", "true", "false", "0", "-1", "1.5", "-0.0", "1e400", "-1e400", "1e-400", "2147483648", "9223372036854775808", "99999999999999999999999999", "128", "100000",
        "\"\"", "\" \"", "\"x\"", "\"1\"", "\"true\"", "\"NaN\"", "\"\\u0000\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\ufeff\"", "\"\\u202e\"", "\"../../x\"", "\"models/\"", "\"a/b:c\"",
        "\"data:\"", "\"data:,\"", "\"data:image/png;base64,@@@@\"", "\"data:image/png;base64,AAA\"", "\"data:;base64,AAAA\"", "\"data:image/png,no\"", "\"DATA:IMAGE/PNG;BASE64,AAAA\"",
        "\"http://127.0.0.1:1/x.png\"", "\"http://[::1]:1/\"", "\"http://169.254.169.254/latest\"", "\"https://\"", "\"http://user:pass@127.0.0.1:1/\"", "\"file:///etc/passwd\"", "\"AA=A\"",
        "[]", "{}", "[null]", "[[]]", "[{}]", "{\"\":\"\"}", "{\"type\":null}", "[1,\"a\",{}]", "{\"type\":\"text\"}", "[{\"type\":\"image_url\"}]", "{\"$ref\":\"#\"}", "{\"anyOf\":[{\"$ref\":\"#\"}]}",
    ];

    /// <summary>Replaces, removes, wraps, renames or copies one to three values.</summary>
    public static string Structure(Random random, string json)
    {
        var root = JsonNode.Parse(json)!;
        var raw = new List<string>();
        for (var count = random.Next(1, 4); count > 0; count--)
        {
            var places = new List<JsonNode>();
            Collect(root, places);
            if (places.Count > 0)
            {
                Change(random, places[random.Next(places.Count)], raw);
            }
        }

        var text = new StringBuilder(root.ToJsonString());
        for (var i = raw.Count - 1; i >= 0; i--)
        {
            text.Replace($"\"{Mark(i)}\"", raw[i]);
        }

        return text.ToString();
    }

    /// <summary>Says a name again, with another value, before or after the first.</summary>
    public static string DuplicateName(Random random, string json)
    {
        var names = json.Split('"').Where((_, index) => index % 2 == 1).ToArray();
        var braces = Enumerable.Range(0, json.Length).Where(index => json[index] == '{').ToArray();
        var at = braces[random.Next(braces.Length)] + 1;
        var extra = $"\"{names[random.Next(names.Length)]}\":{Odd[random.Next(Odd.Length)]}";
        return json.Insert(at, json[at] == '}' ? extra : extra + ",");
    }

    /// <summary>Replaces one value by nesting of a depth, closed or not.</summary>
    public static string Deep(Random random, string json)
    {
        var levels = new[] { 60, 127, 128, 129, 300, 5_000, 100_000 }[random.Next(7)];
        var (open, close) = random.Next(2) == 0 ? ("[", "]") : ("{\"a\":", "}");
        var deep = string.Concat(Enumerable.Repeat(open, levels)) + "1" + (random.Next(3) == 0 ? "" : string.Concat(Enumerable.Repeat(close, levels)));
        var colons = Enumerable.Range(0, json.Length).Where(index => json[index] == ':').ToArray();
        var at = colons[random.Next(colons.Length)] + 1;
        return random.Next(4) == 0 ? deep : json[..at] + deep + "," + json[at..];
    }

    private static void Collect(JsonNode? node, List<JsonNode> places)
    {
        if (node is null)
        {
            return;
        }

        if (node.Parent is not null)
        {
            places.Add(node);
        }

        foreach (var child in node switch { JsonObject o => o.Select(pair => pair.Value).ToArray(), JsonArray a => [.. a], _ => [] })
        {
            Collect(child, places);
        }
    }

    private static void Change(Random random, JsonNode place, List<string> raw)
    {
        switch (random.Next(10))
        {
            case 0:
                Remove(place);
                break;
            case 1:
                place.ReplaceWith(new JsonArray(place.DeepClone(), place.DeepClone()));
                break;
            case 2:
                place.ReplaceWith(new JsonObject { [random.Next(2) == 0 ? "" : "type"] = place.DeepClone() });
                break;
            case 3 when place.Parent is JsonObject parent:
                var copy = place.DeepClone();
                parent[new[] { "Type", "x_unknown", "function", "content", "parts", "url" }[random.Next(6)]] = copy;
                break;
            case 4:
                place.ReplaceWith(place.Root.DeepClone());
                break;
            default:
                raw.Add(random.Next(40) == 0 ? $"\"{new string('L', LongChars)}\"" : random.Next(30) == 0 ? new string('[', ShallowLevels) + new string(']', ShallowLevels) : Odd[random.Next(Odd.Length)]);
                place.ReplaceWith(JsonValue.Create(Mark(raw.Count - 1)));
                break;
        }
    }

    private static void Remove(JsonNode place)
    {
        if (place.Parent is JsonObject parent)
        {
            parent.Remove(place.GetPropertyName());
        }
        else
        {
            ((JsonArray)place.Parent!).RemoveAt(place.GetElementIndex());
        }
    }

    private static string Mark(int index) => $"@mark{index}@";
}
