using System.Text.Json;

namespace GeminiBalance.Protocol.OpenAI;

/// <summary><c>stop</c>: a string, an array of strings, or null.</summary>
internal static class StopReader
{
    public static List<string>? Read(ref WireReader reader)
    {
        reader.Read();
        if (reader.Token is JsonTokenType.Null)
        {
            return null;
        }

        var start = reader.Position;
        var stop = reader.Token is JsonTokenType.String ? [reader.String()] : reader.Items(ReadItem, RequestLimits.PartsPerMessageMax);
        stop.RemoveAll(string.IsNullOrEmpty);
        if (stop.Count > RequestLimits.StopSequencesMax)
        {
            WireReader.Fail($"has more than {RequestLimits.StopSequencesMax} sequences.", position: start);
        }

        return stop;
    }

    private static string ReadItem(ref WireReader reader) => reader.String();
}
