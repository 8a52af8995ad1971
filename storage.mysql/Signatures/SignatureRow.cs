namespace GeminiBalance.Storage.MySql;

/// <summary>A thought signature, and by what it is found. Each hash has 16 bytes.</summary>
/// <param name="IdHash">Of the call's id.</param>
/// <param name="CallHash">Of the client and what it called.</param>
/// <param name="SignatureHash">Of the signature.</param>
/// <param name="Signature">ASCII, at most 65,535 bytes.</param>
public sealed record SignatureRow(byte[] IdHash, byte[] CallHash, byte[] SignatureHash, byte[] Signature);
