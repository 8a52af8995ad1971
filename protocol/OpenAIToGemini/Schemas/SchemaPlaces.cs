using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>Finds the places that pointers name. Each object on the way is indexed once: walking thousands of definitions for each of thousands of references takes minutes.</summary>
internal sealed class SchemaPlaces(JsonElement root)
{
    private readonly Dictionary<string, JsonElement?> found = [];
    private readonly Dictionary<int, Dictionary<string, JsonElement>> indexes = [];

    /// <returns>Null for a pointer that leads nowhere or out of the document.</returns>
    public JsonElement? Find(string pointer)
    {
        if (!found.TryGetValue(pointer, out var place))
        {
            found[pointer] = place = Search(pointer);
        }

        return place;
    }

    private JsonElement? Search(string pointer)
    {
        if (pointer.Length == 0 || pointer[0] != '#')
        {
            return null;
        }

        var place = root;
        foreach (var segment in Uri.UnescapeDataString(pointer).Split('/').Skip(1))
        {
            var name = segment.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (!IndexOf(place).TryGetValue(name, out place))
            {
                return null;
            }
        }

        return place;
    }

    private Dictionary<string, JsonElement> IndexOf(JsonElement place)
    {
        JsonMarshal.GetRawUtf8Value(root).Overlaps(JsonMarshal.GetRawUtf8Value(place), out var offset);
        ref var index = ref CollectionsMarshal.GetValueRefOrAddDefault(indexes, offset, out var isKnown);
        return isKnown ? index! : index = Members(place);
    }

    private static Dictionary<string, JsonElement> Members(JsonElement place)
    {
        var members = new Dictionary<string, JsonElement>();
        switch (place.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in place.EnumerateObject())
                {
                    members[member.Name] = member.Value;
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in place.EnumerateArray())
                {
                    members.Add(members.Count.ToString(CultureInfo.InvariantCulture), item);
                }

                break;
            default:
                break;
        }

        return members;
    }
}
