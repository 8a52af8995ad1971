using System.Text.Json;
using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Protocol.GeminiToAnthropic;

/// <summary>Takes the blocks of one answer in order, for a whole message or for a stream. One block is open at a time.</summary>
internal interface IBlockSink
{
    void OpenText();

    /// <summary>Gives the writer for segments of the open text; <see cref="EndText"/> follows.</summary>
    Utf8JsonWriter BeginText();

    void EndText();

    /// <summary>Ends the open text with what it relies on; nothing but <see cref="Close"/> may follow.</summary>
    void Cite(IReadOnlyCollection<GroundingSource> sources);

    void OpenThinking();

    void AddThinking(ReadOnlySpan<byte> text);

    /// <summary>Ends the open thinking; nothing but <see cref="Close"/> may follow, and it must not be missing.</summary>
    void Sign(string signature);

    void Close();

    /// <summary>Writes a whole block.</summary>
    void WriteToolUse(string id, string name, JsonElement input);

    /// <summary>Writes the two whole blocks of a search: what was asked, and what was found.</summary>
    void WriteSearch(string id, string query, IReadOnlyCollection<GroundingSource> found);
}
