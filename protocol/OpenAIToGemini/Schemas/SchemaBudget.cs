using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>What the rewriting of a request's schemas may still read, in bytes. References let a few words stand for gigabytes; what is written follows what is read.</summary>
public sealed class SchemaBudget
{
    /// <summary>Bytes that each schema counts beside its keywords.</summary>
    internal const int BytesPerSchema = 32;

    /// <summary>Bytes that each keyword, property or branch counts beside its text.</summary>
    internal const int BytesPerMember = 8;

    private long left;

    /// <param name="bytes">Of the schemas as they came, together.</param>
    public SchemaBudget(int bytes) => left = RequestLimits.SchemaWorkBytes + ((long)RequestLimits.SchemaWorkPerByte * bytes);

    /// <summary>From here on schemas are cut short.</summary>
    public bool IsSpent => left <= 0;

    internal void Spend(int bytes) => left -= bytes;
}
