using System;

namespace InstagramMessaging.Emulator.Http;

/// <summary>A request that is not HTTP as we take it: answered with a bare status, then the connection is closed.</summary>
internal sealed class HttpFaultException(int status, string reason) : Exception(reason)
{
    internal int Status { get; } = status;
}
