namespace GeminiBalance.Storage.MySql;

/// <summary>A handle for resuming a Live session, without the handle.</summary>
/// <param name="Hash">16 bytes of its hash.</param>
/// <param name="KeyId">The key that issued it: 16 hexadecimal digits.</param>
public sealed record LiveHandleRow(byte[] Hash, string KeyId);
