namespace GeminiBalance.Gateway.Images;

/// <summary>A picture on its way to a host.</summary>
/// <param name="Name">A file name that nobody can guess.</param>
/// <param name="MimeType">Such as <c>image/png</c>.</param>
/// <param name="Bytes">Its content.</param>
/// <param name="GatewayAddress">The gateway's own address as the client reaches it.</param>
internal sealed record Picture(string Name, string MimeType, byte[] Bytes, Uri GatewayAddress);
