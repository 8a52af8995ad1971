namespace GeminiBalance.Protocol;

/// <summary>Remembers thought signatures for clients that drop them, by the id of the tool call they came with.</summary>
public interface IThoughtSignatures
{
    /// <returns>The signature, or null when it is not known (any more).</returns>
    string? Find(string toolCallId);

    void Keep(string toolCallId, string signature);
}
