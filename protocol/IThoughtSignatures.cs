namespace GeminiBalance.Protocol;

/// <summary>Remembers thought signatures for one client that drops them.</summary>
public interface IThoughtSignatures
{
    /// <summary>By the id of the tool call the signature came with.</summary>
    /// <returns>The signature, or null when it is not known (any more).</returns>
    string? Find(string toolCallId);

    /// <summary>By what was called, for agents that give calls ids of their own.</summary>
    /// <returns>Null too when calls like this one came with different signatures: one of another conversation would bring its thoughts.</returns>
    string? Find(CallFingerprint call);

    void Keep(string toolCallId, CallFingerprint call, string signature);
}
