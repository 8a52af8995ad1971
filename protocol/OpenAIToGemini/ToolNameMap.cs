using System.Globalization;
using System.Text;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>The client's tool names to names Gemini takes, and back. Legal names stay as they are.</summary>
internal sealed class ToolNameMap
{
    private const int HashChars = 8;

    private readonly Dictionary<string, string> upstreamByClient = [];
    private readonly Dictionary<string, string> clientByUpstream = [];
    private readonly HashSet<string> taken = [];
    private readonly Dictionary<string, int> numbers = [];

    /// <param name="declared">All of the request's tools: a legal name is never given to another tool.</param>
    public ToolNameMap(IReadOnlyList<ChatTool> declared)
    {
        for (var i = 0; i < declared.Count; i++)
        {
            if (IsLegal(declared[i].Name))
            {
                taken.Add(declared[i].Name);
            }
        }
    }

    /// <summary>The client's names by upstream's, where they differ.</summary>
    public IReadOnlyDictionary<string, string> Changed => clientByUpstream;

    /// <summary>A name for one more declared tool; a second tool of the same name gets another one.</summary>
    public string Declare(string client)
    {
        if (upstreamByClient.ContainsKey(client))
        {
            return Register(client, Legalize(client));
        }

        var upstream = IsLegal(client) ? client : Register(client, Legalize(client));
        upstreamByClient.Add(client, upstream);
        return upstream;
    }

    /// <summary>The name of a tool that a message mentions, declared or not.</summary>
    public string Of(string client)
    {
        if (upstreamByClient.TryGetValue(client, out var upstream))
        {
            return upstream;
        }

        return IsLegal(client) ? client : Declare(client);
    }

    private static bool IsLegal(string name)
    {
        if (name.Length is 0 or > RequestLimits.GeminiToolNameCharsMax || !IsStart(name[0]))
        {
            return false;
        }

        foreach (var c in name)
        {
            if (!IsFollowing(c))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsStart(char c) => char.IsAsciiLetter(c) || c is '_';

    private static bool IsFollowing(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or ':' or '-';

    private static string Legalize(string client)
    {
        var name = new StringBuilder(client.Length + 1);
        if (!IsStart(client[0]))
        {
            name.Append('_');
        }

        foreach (var c in client)
        {
            name.Append(IsFollowing(c) ? c : '_');
        }

        if (name.Length <= RequestLimits.GeminiToolNameCharsMax)
        {
            return name.ToString();
        }

        // The hash keeps two long names apart that begin alike.
        name.Length = RequestLimits.GeminiToolNameCharsMax - HashChars - 1;
        return name.Append('_').Append(((uint)StableHash.Of(client)).ToString("x8", CultureInfo.InvariantCulture)).ToString();
    }

    private string Register(string client, string wanted)
    {
        var upstream = wanted;
        while (!taken.Add(upstream))
        {
            // Where counting stopped for the last name that became alike, so that many of them cost no more than few.
            var number = numbers.GetValueOrDefault(wanted, 1) + 1;
            numbers[wanted] = number;
            var suffix = string.Create(CultureInfo.InvariantCulture, $"_{number}");
            upstream = wanted[..Math.Min(wanted.Length, RequestLimits.GeminiToolNameCharsMax - suffix.Length)] + suffix;
        }

        clientByUpstream[upstream] = client;
        return upstream;
    }
}
